"""A package → its scores computed again, and every difference with its file, row and field.

Everything that follows from inputs and rules is written anew as the builder writes it and
compared byte for byte. What nobody can see from inside is a package changed so that all of it
agrees: for that its SHA-256 must be known from elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from esar.exchange.packaging.contents import (
    CHECKPOINT,
    RELEASES,
    Recomputed,
    computed_files,
    described,
    explanation_name,
    input_name,
    rule_folder,
    scored_again,
)
from esar.exchange.packaging.descriptor import DATAPACKAGE
from esar.exchange.packaging.differences import Differences, differences
from esar.exchange.packaging.edition import Key, Register, Release, read_register
from esar.exchange.packaging.line_ends import Declared, as_published, measure
from esar.exchange.packaging.opening import opened, package_bytes, unpacked
from esar.exchange.packaging.text import parsed
from esar.exchange.packaging.zipping import zipped
from esar.exchange.witnessing.checkpoints import Checkpoint, checkpoint_of, read_checkpoint
from esar.exchange.witnessing.notes import Key as PublicKey
from esar.exchange.witnessing.notes import read_note
from esar.kernel.figures import exact_decimal
from esar.kernel.problems import Place, Problem, Refused
from esar.kernel.release import is_by_this_release
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import Score

_RULE_FILE = re.compile(r"[a-z0-9_]+\.yaml")
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Report:
    """What a replay found. No problems means: every figure is what inputs and rules give.

    `words` are the places where another release of the program says the same in other words.
    `sha256` is the package's own, `program` computed it first. `recomputed` counts the scores.
    `rulebook_sha256` is that of the rules inside, empty when they cannot be read. `checkpoint` is
    of the history that the results are in; who signed it was checked where a key was given.
    """

    sha256: str
    program: str
    year: int
    results: int
    recomputed: int
    rulebook_sha256: str
    problems: tuple[Problem, ...]
    words: tuple[Problem, ...] = ()
    checkpoint: Checkpoint | None = None

    @property
    def same_figures(self) -> bool:
        return not self.problems

    @property
    def identical(self) -> bool:
        """To the byte."""
        return self.same_figures and not self.words


def replay(path: Path, *, sha256: str = "", key: PublicKey | None = None) -> Report:
    """Compute everything in the package again. `sha256` is the published one, in hex; `key` is the
    public key of the history that the package must be under.

    A folder that a package was unpacked into is packed again, as the builder packs it.

    Errors: Refused when it is no package at all: no zip, unsafe, or without its register.
    """
    if path.is_dir():
        files = unpacked(path, Place(file=path.name or str(path)))
        return replay_bytes(zipped(sorted(files.items())), path.name, sha256=sha256, key=key)
    return replay_bytes(package_bytes(path), path.name, sha256=sha256, key=key)


def replay_bytes(
    data: bytes, name: str, *, sha256: str = "", key: PublicKey | None = None
) -> Report:
    """As `replay`, of a package in memory; `name` is how its problems call it."""
    place = Place(file=name)
    files = opened(data, place)
    register = _register(files)
    own = hashlib.sha256(data).hexdigest()
    problems = []
    if sha256 and sha256.lower() != own:
        problems.append(Problem("package.other_sha256", {"found": own, "published": sha256}, place))
    declared = _declared(files)
    files, line_ends = as_published(files, declared)
    problems += [*line_ends, *_hashes(files, declared)]
    checkpoint, unsigned = _checkpoint(files, key)
    problems += unsigned
    books, unreadable = _rulebooks(files, register)
    problems += unreadable
    if unreadable:
        return replace(_report(own, register, 0, "", problems), checkpoint=checkpoint)
    recomputed, compared = _compare(files, register, books)
    problems += compared.figures
    report = _report(own, register, recomputed, books[""].sha256, problems)
    return replace(report, words=compared.words, checkpoint=checkpoint)


def _checkpoint(files: Files, key: PublicKey | None) -> tuple[Checkpoint | None, list[Problem]]:
    """The checkpoint inside, and why it is none, or not the one that the key has signed."""
    place = Place(file=CHECKPOINT)
    if CHECKPOINT not in files:
        return None, [Problem("package.no_checkpoint", {}, place)] if key else []
    try:
        text = files[CHECKPOINT].decode("utf-8")
        checkpoint = checkpoint_of(read_note(text))
        if key:
            read_checkpoint(text, [key])
        return checkpoint, []
    except UnicodeDecodeError:
        return None, [Problem("note.not_a_note", {}, place)]
    except Refused as refused:
        return None, [replace(problem, place=place) for problem in refused.problems]


def _report(
    own: str, register: Register, recomputed: int, rulebook_sha256: str, problems: list[Problem]
) -> Report:
    edition, results = register.edition, len(register.releases)
    return Report(
        own, edition.program, edition.year, results, recomputed, rulebook_sha256, tuple(problems)
    )


def _register(files: Files) -> Register:
    """Errors: Refused without `releases.json`, when it is not one, or one of a later program."""
    for name in (RELEASES, DATAPACKAGE):
        if name not in files:
            raise Refused([Problem("package.not_a_package", {"name": name})])
    try:
        return read_register(parsed(files[RELEASES]))
    except Refused as refused:
        raise Refused(
            replace(one, place=Place(file=RELEASES)) for one in refused.problems
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused([Problem("package.not_a_register", {}, Place(file=RELEASES))]) from None


def _declared(files: Files) -> Declared:
    """What the descriptor says of each file. Errors: Refused."""
    place = Place(file=DATAPACKAGE)
    try:
        resources = parsed(files[DATAPACKAGE])["resources"]
        return {str(one["path"]): (one["bytes"], one["hash"]) for one in resources}
    except (ValueError, KeyError, TypeError):
        raise Refused([Problem("package.not_a_descriptor", {}, place)]) from None


def _hashes(files: Files, declared: Declared) -> Iterator[Problem]:
    """The files that are not those the descriptor was written for."""
    for name, data in files.items():
        if name in declared and declared[name] != measure(data):
            yield Problem("package.other_hash", {}, Place(file=name))


def _stated(register: Register) -> list[str]:
    """The rulebooks inside, as the releases state them: "" is the year's, whose hash the register
    has.
    """
    return sorted({"", *(release.rulebook_sha256 for release in register.releases)})


def _rulebooks(files: Files, register: Register) -> tuple[dict[str, Rulebook], list[Problem]]:
    """The rules inside as they are stated, read as any rulebook is, and why they cannot be."""
    books: dict[str, Rulebook] = {}
    problems: list[Problem] = []
    for stated in _stated(register):
        try:
            books[stated] = _rulebook(files, register.edition.year, stated)
        except Refused as refused:
            problems += refused.problems
    return books, problems


def _rulebook(files: Files, year: int, stated: str) -> Rulebook:
    """Errors: Refused, with places in the package."""
    folder = rule_folder(year, stated)
    with tempfile.TemporaryDirectory() as home:
        target = Path(home, str(year))
        target.mkdir()
        for name, data in files.items():
            if _is_rule_file(name, folder):
                (target / name.removeprefix(f"{folder}/")).write_bytes(data)
        try:
            return read_rulebook(Path(home), year)
        except Refused as refused:
            top = folder.removesuffix(f"/{year}")
            raise Refused(_in_package(problem, top) for problem in refused.problems) from None
        except (ArithmeticError, LookupError, ValueError):
            raise Refused([Problem("package.not_rules", {}, Place(file=folder))]) from None


def _is_rule_file(name: str, *folders: str) -> bool:
    folder, _, part = name.rpartition("/")
    return folder in folders and _RULE_FILE.fullmatch(part) is not None


def _in_package(problem: Problem, top: str) -> Problem:
    place = problem.place
    file = f"{top}/{place.file}" if place.file else top
    return replace(problem, place=replace(place, file=file))


def _compare(
    files: Files, register: Register, books: Mapping[str, Rulebook]
) -> tuple[int, Differences]:
    """How many scores were computed again, and everything that differs from the files."""
    recomputed, problems = _recomputed(files, register, books)
    for stated, book in books.items():
        sha256 = stated or register.rulebook_sha256
        if book.sha256 == sha256:
            continue
        figures = {"found": book.sha256, "stated": sha256[:80]}
        place = Place(file=rule_folder(register.edition.year, stated))
        problems.append(Problem("package.other_rulebook", figures, place))
        # Said once; else every explanation would differ in this one line too.
        for release in register.releases:
            if release.rulebook_sha256 == stated and (result := recomputed.get(release.key)):
                explanation = {**result.explanation, "rulebook_sha256": sha256}
                recomputed[release.key] = replace(result, explanation=explanation)
    by_sha256 = {book.sha256: book for book in books.values()}
    try:
        computed = computed_files(register, recomputed, by_sha256, files.get(CHECKPOINT))
    except Refused as refused:
        return len(recomputed), Differences((*problems, *refused.problems))
    compared = _of_files(files, register, computed, recomputed)
    return len(recomputed), Differences((*problems, *compared.figures), compared.words)


def _recomputed(
    files: Files, register: Register, books: Mapping[str, Rulebook]
) -> tuple[dict[Key, Recomputed], list[Problem]]:
    recomputed: dict[Key, Recomputed] = {}
    problems: list[Problem] = []
    for release in register.releases:
        name = input_name(release)
        if name not in files:
            problems.append(Problem("package.missing_file", {}, Place(file=name)))
            continue
        try:
            result = scored_again(files[name], name, books[release.rulebook_sha256])
        except Refused as refused:
            problems += refused.problems
            continue
        if problem := _other_result(release, result.score, register.edition.year, name):
            problems.append(problem)
            continue
        recomputed[release.key] = result
        if not _final_is(release.final_total, result.score):
            figures = {"final": release.final_total, "total": result.score.total}
            at = Place(file=RELEASES, field=f"{release.stem} final_total")
            problems.append(Problem("package.final_differs", figures, at))
    return recomputed, problems


def _other_result(release: Release, score: Score, year: int, name: str) -> Problem | None:
    """A problem when the input is of another body, round or year than its name says."""
    card = score.card
    if (card.code, card.round, card.year) == (*release.key, year):
        return None
    true_key = f"{card.code} {card.round} {card.year}"
    stated = f"{release.code} {release.round} {year}"
    figures = {"found": f"“{true_key}”", "computed": f"“{stated}”"}
    return Problem("package.value_differs", figures, Place(file=name, field="code, round, year"))


def _final_is(final: str | None, score: Score) -> bool:
    return final is None or exact_decimal(final) == score.total


def _of_files(
    files: Files, register: Register, computed: dict[str, bytes], recomputed: Mapping[Key, Any]
) -> Differences:
    """Every file against what was computed. Files that could not be computed are kept as found.

    One that is only worded otherwise is described as it is: its hash is no figure.
    """
    exact = is_by_this_release(register.edition.program)
    folders = [rule_folder(register.edition.year, stated) for stated in _stated(register)]
    as_found = {name for name in files if _is_rule_file(name, *folders)}
    for release in register.releases:
        if release.key not in recomputed:
            as_found |= {input_name(release), explanation_name(release)} & set(files)
    expected = {**{name: files[name] for name in as_found}, **computed}
    compared = _differences(files, expected, exact)
    as_found = {name for name, of_file in compared.items() if not of_file.figures}
    description = described(register, {**expected, **{name: files[name] for name in as_found}})
    compared |= _differences(files, description, exact)
    names = expected.keys() | description
    unexpected = [name for name in files if name not in names]
    missing = sorted(names - set(files))
    figures = [problem for name in sorted(compared) for problem in compared[name].figures]
    figures += [Problem("package.unexpected_file", {}, Place(file=name)) for name in unexpected]
    figures += [Problem("package.missing_file", {}, Place(file=name)) for name in missing]
    words = [problem for name in sorted(compared) for problem in compared[name].words]
    return Differences(tuple(figures), tuple(words))


def _differences(files: Files, expected: Files, exact: bool) -> dict[str, Differences]:
    """Of every file that is there and expected, how it differs."""
    return {
        name: differences(name, expected[name], files[name], exact=exact)
        for name in expected
        if name in files
    }
