"""Facts and rules → the files of a package. Building and replaying both come through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from esar.exchange.files import json_form
from esar.exchange.packaging.descriptor import DATAPACKAGE, DCAT, catalogue, datapackage
from esar.exchange.packaging.edition import Key, Register, Release, register_as_json
from esar.exchange.packaging.readme import README, readme
from esar.exchange.packaging.rows import Books
from esar.exchange.packaging.tables import tables_of
from esar.exchange.packaging.text import Json, csv_bytes, json_bytes
from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules.book import Rulebook
from esar.law.scoring.facts import Scorecard
from esar.law.scoring.inputs import scorecard_as_input
from esar.law.scoring.scorecard import Score, score
from esar.law.scoring.wire import score_as_json

RELEASES = "releases.json"
CHECKPOINT = "checkpoint.txt"  # of the history that the results are in; not every package has it


def input_name(release: Release) -> str:
    return f"inputs/{release.stem}.json"


def explanation_name(release: Release) -> str:
    return f"explanations/{release.stem}.json"


def rule_folder(year: int, sha256: str = "") -> str:
    """Where the year's rules are; with a SHA-256 those that some results were computed under
    before the year's rulebook was written anew.
    """
    return f"rulebook/{sha256[:16]}/{year}" if sha256 else f"rulebook/{year}"


def rule_files(rulebook: Path, year: int, sha256: str = "") -> dict[str, bytes]:
    """The year's rules as a package holds them; the worked cases are not part of the law."""
    folder = rule_folder(year, sha256)
    paths = sorted((rulebook / str(year)).glob("*.yaml"))
    return {f"{folder}/{path.name}": path.read_bytes() for path in paths}


@dataclass(frozen=True)
class Recomputed:
    """A scorecard read from an input file, its score, and that score with every step in words."""

    card: Scorecard
    score: Score
    explanation: Json


def scored_again(data: bytes, name: str, book: Rulebook) -> Recomputed:
    """The one scorecard of an input file, scored and explained.

    Places are left out of the score, for its warnings would name the file they were read from.
    Errors: Refused, with places in the file `name`.
    """
    place = Place(file=name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused([Problem("package.not_json", {}, place)]) from None
    cards = json_form.read(text, place)
    if len(cards) != 1:
        raise Refused([Problem("package.not_one_scorecard", {"found": len(cards)}, place)])
    try:
        result = score(_without_places(cards[0]), book)
        return Recomputed(cards[0], result, score_as_json(result))
    except Refused as refused:
        raise Refused(_in_file(problem, place) for problem in refused.problems) from None
    except (ArithmeticError, LookupError, ValueError):
        # Only with rules or words that somebody changed: the proofs at load foresee not all.
        raise Refused([Problem("package.not_computable", {}, place)]) from None


def _without_places(card: Scorecard) -> Scorecard:
    kpis = tuple(replace(kpi, place=Place()) for kpi in card.kpis)
    return replace(card, kpis=kpis, place=Place())


def _in_file(problem: Problem, place: Place) -> Problem:
    return replace(problem, place=replace(problem.place, file=place.file))


def computed_files(
    register: Register,
    recomputed: Mapping[Key, Recomputed],
    books: Books,
    checkpoint: bytes | None = None,
) -> dict[str, bytes]:
    """Every file that follows from facts and rules, but for the two that describe the files.

    `checkpoint` is a fact from elsewhere: it is in the package as it was signed.
    """
    text = readme(register, with_checkpoint=checkpoint is not None)
    files = {README: text.encode(), RELEASES: json_bytes(register_as_json(register))}
    if checkpoint is not None:
        files[CHECKPOINT] = checkpoint
    for release in register.releases:
        if result := recomputed.get(release.key):
            files[input_name(release)] = json_bytes(scorecard_as_input(result.card))
            files[explanation_name(release)] = json_bytes(result.explanation)
    scores = {key: result.score for key, result in recomputed.items()}
    for table in tables_of(register.edition.form):
        files[table.path] = csv_bytes(table.header, table.rows(register, scores, books))
    return files


def described(register: Register, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The two files that describe the others: the catalogue first, for the descriptor lists it."""
    dcat = json_bytes(catalogue(register, files))
    files_and_catalogue = {**files, DCAT: dcat}
    return {DCAT: dcat, DATAPACKAGE: json_bytes(datapackage(register, files_and_catalogue))}
