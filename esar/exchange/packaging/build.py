"""Released results → an open data package. The same results give the same bytes.

Nothing goes into a package that does not replay: each score is computed again from the very
text that the package will hold, and must be the score that was released.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from esar.exchange.files.whole import written_whole
from esar.exchange.packaging.contents import (
    Recomputed,
    computed_files,
    described,
    input_name,
    rule_files,
    scored_again,
)
from esar.exchange.packaging.edition import (
    CODE,
    Body,
    Edition,
    Entry,
    Key,
    Register,
    Release,
    SelfEvaluated,
    registered,
)
from esar.exchange.packaging.rows import Books
from esar.exchange.packaging.text import decimal_or_none, json_bytes
from esar.exchange.packaging.zipping import zipped
from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.compared import same_figures
from esar.law.scoring.inputs import scorecard_as_input

# The first moment a zip can name: a package has no time of its own but the day it says inside.


def build(
    edition: Edition,
    entries: Iterable[Entry],
    rulebook: Path,
    checkpoint: str = "",
    *,
    older: Iterable[Path] = (),
    self_evaluations: Iterable[SelfEvaluated] = (),
) -> Iterator[tuple[str, bytes]]:
    """The files of the package by name, in the order of the zip.

    `rulebook` is the folder of all years; `checkpoint` is of the history that the results are in.
    `older` are such folders as they stood before, for results that were computed under them.
    `self_evaluations` stand beside the results as they were given.
    Errors: Refused, with every entry that cannot be packed: a body without a code, a result twice,
    one that is not recomputed as released.
    """
    entries_of_year = list(entries)
    book = read_rulebook(rulebook, edition.year)
    folders = {read_rulebook(folder, edition.year).sha256: folder for folder in older}
    books = {sha256: read_rulebook(folder, edition.year) for sha256, folder in folders.items()}
    books[book.sha256] = book
    register = _register(edition, entries_of_year, book, books, self_evaluations)
    rules_of = {release.key: release.rulebook_sha256 for release in register.releases}
    recomputed: dict[Key, Recomputed] = {}
    problems: list[Problem] = []
    for entry in sorted(entries_of_year, key=lambda entry: entry.release.key):
        name = input_name(entry.release)
        data = json_bytes(scorecard_as_input(entry.scorecard))
        try:
            rules = books[rules_of[entry.release.key] or book.sha256]
            recomputed_result = scored_again(data, name, rules)
        except Refused as refused:
            problems += refused.problems
            continue
        problems += _not_as_released(entry, recomputed_result)
        recomputed[entry.release.key] = recomputed_result
    if problems:
        raise Refused(problems)
    signed = checkpoint.encode() or None
    files = computed_files(register, recomputed, books, signed)
    files |= rule_files(rulebook, edition.year)
    for sha256 in set(rules_of.values()) - {""}:
        files |= rule_files(folders[sha256], edition.year, sha256)
    yield from sorted({**files, **described(register, files)}.items())


def packed(
    edition: Edition,
    entries: Iterable[Entry],
    rulebook: Path,
    checkpoint: str = "",
    *,
    older: Iterable[Path] = (),
    self_evaluations: Iterable[SelfEvaluated] = (),
) -> bytes:
    """The package as a zip. Errors: as `build`."""
    files = build(
        edition, entries, rulebook, checkpoint, older=older, self_evaluations=self_evaluations
    )
    return zipped(files)


def write_package(path: Path, edition: Edition, entries: Iterable[Entry], rulebook: Path) -> str:
    """Write the package; gives its SHA-256 in hex, to be published apart from it.

    Errors: as `build`, before anything is written; Refused when the file cannot be written.
    """
    data = packed(edition, entries, rulebook)
    with written_whole(path) as half:
        half.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _register(
    edition: Edition,
    entries: list[Entry],
    book: Rulebook,
    books: Books,
    self_evaluations: Iterable[SelfEvaluated],
) -> Register:
    """Errors: Refused for no entries, another year, no usable code, a key or a body twice."""
    problems = list(_unfit(edition, entries))
    if problems:
        raise Refused(problems)
    bodies = {entry.body.code: entry.body for entry in entries}
    releases = [_under_its_rules(entry, book, books) for entry in entries]
    return registered(edition, book.sha256, bodies.values(), releases, self_evaluations)


def _under_its_rules(entry: Entry, book: Rulebook, books: Books) -> Release:
    """The release; with its rulebook, where that is not the year's and is at hand."""
    sha256 = str(entry.explanation.get("rulebook_sha256"))
    is_older = sha256 in books and sha256 != book.sha256
    return replace(entry.release, rulebook_sha256=sha256) if is_older else entry.release


def _unfit(edition: Edition, entries: list[Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    bodies: dict[str, Body] = {}
    if not entries:
        yield Problem("package.no_results", {"year": edition.year})
    for entry in entries:
        release, body = entry.release, entry.body
        if entry.scorecard.year != edition.year:
            figures = {"body": release.code, "found": entry.scorecard.year, "year": edition.year}
            yield Problem("package.other_year", figures)
        if not (CODE.fullmatch(release.code) and CODE.fullmatch(release.round)):
            yield Problem("package.bad_code", {"body": body.name, "code": release.stem})
        stem = release.stem.lower()  # some file systems and catalogues know no capitals
        if stem in seen:
            yield Problem("package.result_twice", {"body": release.code, "round": release.round})
        if bodies.setdefault(body.code, body) != body:
            yield Problem("package.body_differs", {"body": body.code})
        seen.add(stem)


def _not_as_released(entry: Entry, recomputed: Recomputed) -> Iterator[Problem]:
    """Why the recomputed score is not the released one: nothing when it is."""
    release = entry.release
    place = Place(file=input_name(release))
    if not same_figures(entry.explanation, recomputed.explanation):
        totals = {
            "total": entry.explanation.get("total"),
            "computed": recomputed.score.total,
        }
        yield Problem("package.not_as_released", totals, place)
    for stage in ("self_total", "assessed_total", "final_total"):
        value = getattr(release, stage)
        try:
            decimal_or_none(value)
        except (TypeError, ValueError):
            yield Problem("package.not_a_total", {"stage": stage, "value": value}, place)
            return
    if release.final_total is not None and Decimal(release.final_total) != recomputed.score.total:
        figures = {"final": release.final_total, "total": recomputed.score.total}
        yield Problem("package.final_differs", figures, place)
