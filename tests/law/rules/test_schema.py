"""A rulebook is read as it was written, whatever later releases ask of a new one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from esar.exchange.cli.main import main
from esar.kernel.problems import Place, Refused
from esar.kernel.wording import problem_sentence
from esar.law.rules import schema
from esar.law.rules.book import Rulebook
from esar.law.rules.kinds import KINDS, ChangeRules, Item
from esar.law.rules.nodes import parse
from esar.law.rules.proofs import PROOFS, prove_for_use
from esar.law.rules.reading import read_rulebook, sha256_of, years_in
from esar.law.rules.shapes import field_types, required_fields
from tests.law.rules.make import broken

FIELDS = (
    "      fields: [definition, formula, scope, conditions, data_source, collection, targets,"
    " evidence_plan]\n"
)


def of_version(folder: Path, text: str | None) -> Path:
    """The year 2567 without the key that version 2 asks for; `text` is its schema.yaml."""
    home = broken(folder, 2567, "changes.yaml", FIELDS, "") / "2567"
    if text is None:
        (home / "schema.yaml").unlink()
    else:
        (home / "schema.yaml").write_text(text, "utf-8")
    return folder


def may_change(book: Rulebook) -> tuple[str, ...]:
    rule = book.on(book.year.last_day).the(ChangeRules)
    assert rule is not None
    return rule.value.fields


@pytest.mark.parametrize("text", [None, "version: 1\n"])
def test_an_older_rulebook_that_lacks_a_key_is_read_with_what_leaving_it_out_meant(
    text: str | None, tmp_path: Path
) -> None:
    book = read_rulebook(of_version(tmp_path, text), 2567)

    assert (book.schema, may_change(book)) == (1, ("targets", "evidence_plan"))
    assert book.sha256 == sha256_of(tmp_path / "2567")


def test_an_older_rulebook_that_has_the_key_keeps_its_own(tmp_path: Path) -> None:
    folder = broken(tmp_path, 2567, "changes.yaml", FIELDS, "      fields: [targets]\n")
    (folder / "2567" / "schema.yaml").unlink()

    assert may_change(read_rulebook(folder, 2567)) == ("targets",)


def test_a_rulebook_of_the_current_version_must_say_it(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_rulebook(of_version(tmp_path, "version: 2\n"), 2567)

    assert [(one.code, one.figures) for one in refusal.value.problems] == [
        ("rules.missing_key", {"key": "fields"})
    ]


def test_a_rulebook_of_a_later_program_is_refused_with_that_alone(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_rulebook(of_version(tmp_path, "version: 3\n"), 2567)

    (problem,) = refusal.value.problems
    assert problem.place == Place("2567/schema.yaml", line=1)
    assert problem_sentence(problem, "en") == (
        "2567/schema.yaml, line 1: These rules are written in version 3 of the schema; this program"
        " reads versions up to 2. Install a newer release of Open e-SAR."
    )
    assert problem_sentence(problem, "th") == (
        "2567/schema.yaml บรรทัด 1: หลักเกณฑ์นี้เขียนตามโครงสร้างรุ่น 3 แต่โปรแกรมนี้อ่านได้ถึงรุ่น 2"
        " โปรดติดตั้ง Open e-SAR รุ่นใหม่กว่า"
    )


@pytest.mark.parametrize(
    "text",
    [
        "version: 0\n",
        "version: -1\n",
        "version: 1.5\n",
        "version: two\n",
        "version:\n",
        "2\n",
        "- 2\n",
        "versions: 2\n",
        "version: 2\nmore: 1\n",
        "version: [2]\n",
    ],
)
def test_a_version_that_is_none_is_told(text: str, tmp_path: Path) -> None:
    folder = broken(tmp_path, 2567, "schema.yaml", "version: 2\n", text)

    with pytest.raises(Refused) as refusal:
        read_rulebook(folder, 2567)

    codes = {problem.code for problem in refusal.value.problems}
    assert codes in ({"rules.not_a_schema"}, {"rules.not_a_mapping"})


@pytest.mark.parametrize("year", years_in(Path("rulebook")))
def test_every_year_that_is_run_states_the_current_version(year: int, tmp_path: Path) -> None:
    folder = broken(tmp_path, year, "schema.yaml", "version: 2\n", "version: 1\n")

    problems = prove_for_use(read_rulebook(folder, year))

    assert [(one.code, one.figures) for one in problems] == [
        ("rules.older_schema", {"year": year, "version": 1, "most": schema.CURRENT})
    ]
    answer = CliRunner().invoke(main, ["rules", "check", "--rulebook", str(folder)])
    assert answer.exit_code == 2


def test_every_default_is_of_a_key_that_its_kind_asks_for() -> None:
    assert sorted(schema.ASKED_SINCE) == list(range(schema.FIRST + 1, schema.CURRENT + 1))
    for defaults_by_kind in schema.ASKED_SINCE.values():
        for kind, defaults in defaults_by_kind.items():
            assert set(defaults) <= required_fields(KINDS[kind])
            assert all(parse(text.encode(), "")[1] == [] for text in defaults.values())


def asked_of() -> Iterator[str]:
    """What reading demands of a rulebook: each kind's keys and defaults, and what is proved."""
    for name, kind in sorted({**KINDS, "item": Item}.items()):
        yield from _asked_of(kind, name)
    yield "proved: " + ", ".join(sorted(proof.__name__ for proof in PROOFS))


def _asked_of(shape: type, name: str) -> Iterator[str]:
    defaults = {
        field.name: field.default_factory()  # type: ignore[misc]
        if field.default is dataclasses.MISSING
        else field.default
        for field in dataclasses.fields(shape)
        if field.name not in required_fields(shape)
    }
    for key, type_of_key in field_types(shape).items():
        default = f" = {defaults[key]!r}" if key in defaults else ""
        yield f"{name}.{key}: {type_of_key}{default}"
    for inner in vars(shape).values():
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            yield from _asked_of(inner, f"{name}.{inner.__name__}")


def test_what_is_asked_of_a_rulebook_changes_with_its_version_only() -> None:
    """Where this fails a rulebook published before may no longer be read, or mean something else.

    A key that must be said, a default that means another thing, a choice taken away, a new proof at
    reading: make a new version in esar/law/rules/schema.py and say there what leaving it out meant.
    Then, and where a key or a choice was only added that may be left out, write the list anew.
    """
    recorded = Path(__file__).with_name(f"schema-{schema.CURRENT}.txt").read_text("utf-8")

    assert "\n".join(asked_of()) + "\n" == recorded
