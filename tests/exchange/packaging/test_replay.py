"""A replay: identical as published, and one digit changed anywhere is found with its place."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from esar.exchange.cli.main import main
from esar.exchange.packaging.build import build, packed
from esar.exchange.packaging.contents import described
from esar.exchange.packaging.edition import FORM, Entry, SelfEvaluated, read_register
from esar.exchange.packaging.replay import replay, replay_bytes
from esar.kernel.problems import Place, Refused
from esar.kernel.release import is_by_this_release, program
from esar.kernel.wording import problem_sentence
from esar.law.rules.reading import sha256_of
from esar.law.rules.text import Text
from esar.law.scoring.facts import Given, Kpi, Scorecard
from tests.exchange.packaging.make import (
    EARLIER,
    EDITION,
    RULEBOOK,
    demo_cards,
    demo_package,
    entry,
    few_entries,
    few_files,
    few_files_of_an_earlier_release,
    rehashed,
    replayed,
    under_two_rulebooks,
    zipped,
)

FIRST = "OCPB-12m"  # of the three results of a small package


def test_the_demo_year_replays_identical() -> None:
    report = replay_bytes(demo_package(), "package.zip")

    assert (report.identical, report.results, report.recomputed) == (True, 230, 230)


def test_the_command_needs_no_settings_and_no_database(tmp_path: Path) -> None:
    """In an empty environment, in a folder of its own, from another process."""
    (tmp_path / "package.zip").write_bytes(demo_package())
    root = str(Path(__file__).parents[3])
    code = "import sys; from esar.exchange.cli.main import main; main(prog_name='esar')"
    answer = subprocess.run(
        [sys.executable, "-c", code, "replay", "package.zip", "--lang", "en", "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert (report["identical"], report["recomputed"], report["problems"]) == (True, 230, [])
    assert report["rules_are_those_of_this_copy"] is True
    assert [path.name for path in tmp_path.iterdir()] == ["package.zip"]


def test_replay_imports_no_framework() -> None:
    code = (
        "import sys, esar.exchange.cli.replay, esar.exchange.packaging.build;"
        " sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def one_digit(name: str, pattern: str) -> Callable[[Mapping[str, bytes]], dict[str, bytes]]:
    """A change of the digit that the pattern's group finds in a file."""

    def change(files: Mapping[str, bytes]) -> dict[str, bytes]:
        text = files[name].decode("utf-8")
        match = re.search(pattern, text, re.DOTALL | re.MULTILINE)
        assert match, pattern
        start = match.start(1)
        digit = str((int(text[start]) + 1) % 10)
        return {**files, name: (text[:start] + digit + text[start + 1 :]).encode("utf-8")}

    return change


INPUT, EXPLANATION = f"inputs/{FIRST}.json", f"explanations/{FIRST}.json"
RESULTS, KPIS, CITED = "data/results.csv", "data/kpis.csv", "data/rules_cited.csv"
RELEASES, DESCRIPTOR, RULES = "releases.json", "datapackage.json", "rulebook/2567"
HASH = r'"rulebook_sha256": "[a-f]*(\d)'
FIRST_STEP = Place(EXPLANATION, field="kpis[0].steps[0].formula")
SELF_TOTAL = Place(RESULTS, row=2, field="self_total")
CHANGES = {
    "a total": (RESULTS, r"^[^,\n]+,12m,(\d)", Place(RESULTS, row=2, field="total")),
    "a self-assessed total": (RESULTS, r",(8)8\.88,", SELF_TOTAL),
    "a day of release": (RESULTS, r"2025-01-1(5)", Place(RESULTS, row=2, field="released_on")),
    "a target": (KPIS, r"(?:higher|lower),(\d)", Place(KPIS, row=2, field="target_1")),
    "a KPI's number": (KPIS, r"12m,1\.(1)", Place(KPIS, row=3)),
    "a cited day": (CITED, r"(\d)\r\n", Place(CITED, row=2, field="day")),
    "an explained total": (EXPLANATION, r'"total": "(\d)', Place(EXPLANATION, field="total")),
    "a step": (EXPLANATION, r'"formula": "(\d)', FIRST_STEP),
    "the rules' hash": (EXPLANATION, HASH, Place(EXPLANATION, field="rulebook_sha256")),
    "an actual": (INPUT, r'"actual": "(\d)', Place(EXPLANATION, field="kpis[0].result.actual")),
    "an input's weight": (INPUT, r'"weight": "(\d)', Place(INPUT, field="weight")),
    "an input's year": (INPUT, r'"year": 256(\d)', Place(INPUT, field="code, round, year")),
    "a number of the rules": ("rulebook/2567/scoring.yaml", r"least: (\d)", None),
    "a day in the rules": ("rulebook/2567/calendar.yaml", r"2024-0(\d)", None),
    "a comment in the rules": ("rulebook/2567/sources.yaml", r"(\d)", None),
    "a released final total": (RELEASES, r'"final_total": "(\d)', None),
    "a released self-assessed total": (RELEASES, r'"self_total": "(\d)', SELF_TOTAL),
    "a number of a correction": (RELEASES, r'"number": (2)', None),
    "the rules' hash as stated": (RELEASES, HASH, Place(RULES)),
    "the README": ("README.md", r"จำนวน (\d)", Place("README.md", line=7)),
    "a constraint": (DESCRIPTOR, r'"minimum": (\d)', None),
    "the catalogue": ("dcat.jsonld", r'"@value": "2023-(\d)', None),
}


@pytest.mark.parametrize("forged", [False, True], ids=["hashes as they were", "hashes made again"])
@pytest.mark.parametrize("change", CHANGES)
def test_one_digit_changed_is_found_with_its_place(change: str, forged: bool) -> None:
    name, pattern, place = CHANGES[change]
    files = one_digit(name, pattern)(few_files())
    report = replayed(rehashed(files) if forged else files)
    places = [problem.place for problem in report.problems]

    assert not report.identical
    if place is not None:
        assert place in places
    if not forged and name != "datapackage.json":
        assert ("package.other_hash", name) in [(p.code, p.place.file) for p in report.problems]
    for problem in report.problems:
        assert all(problem_sentence(problem, language) for language in ("th", "en"))


@pytest.mark.parametrize("change", CHANGES)
def test_one_digit_changed_in_a_package_of_an_earlier_release_is_found_too(change: str) -> None:
    name, pattern, place = CHANGES[change]
    report = replayed(rehashed(one_digit(name, pattern)(few_files_of_an_earlier_release())))

    assert not report.same_figures
    if place is not None:
        assert place in [problem.place for problem in report.problems]


def in_other_words(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """As if an earlier release had explained a step, a column and the package otherwise."""
    explanation = json.loads(files[EXPLANATION])
    explanation["kpis"][0]["steps"][0]["th"] = "คำอธิบายเดิม"
    explanation["warnings"] = [{"code": "score.of_before", "th": "คำเตือนเดิม", "en": "As it was"}]
    del explanation["steps"][0]
    descriptor = json.loads(files[DESCRIPTOR])
    (results,) = [each for each in descriptor["resources"] if each["path"] == RESULTS]
    results["schema"]["fields"][0]["description"] = "คำอธิบายคอลัมน์เดิม"
    cited = files[CITED].splitlines(keepends=True)
    changed = {
        **files,
        EXPLANATION: json.dumps(explanation, ensure_ascii=False, indent=1).encode() + b"\n",
        DESCRIPTOR: json.dumps(descriptor, ensure_ascii=False, indent=1).encode() + b"\n",
        CITED: b"".join(cited[:-1]),
        "README.md": files["README.md"].replace("ไม่ใช่ศูนย์".encode(), "ไม่ใช่เลขศูนย์".encode()),
    }
    changed["dcat.jsonld"] = described(
        read_register(json.loads(files[RELEASES])),
        {name: text for name, text in changed.items() if name not in ("dcat.jsonld", DESCRIPTOR)},
    )["dcat.jsonld"]
    return rehashed(changed)


WORDS = {
    Place(EXPLANATION, field="kpis[0].steps[0].th"),
    Place(EXPLANATION, field="steps[0]"),
    Place(EXPLANATION, field="warnings[0]"),
    Place(DESCRIPTOR, field="resources.data/results.csv.schema.fields[0].description"),
    Place(CITED),
    Place("README.md", line=33),
}


def test_other_words_of_an_earlier_release_are_told_apart_and_are_no_failure(
    tmp_path: Path,
) -> None:
    files = in_other_words(few_files_of_an_earlier_release())
    report = replayed(files)

    assert report.problems == ()
    assert {problem.place for problem in report.words} == WORDS
    assert (report.same_figures, report.identical) == (True, False)
    (tmp_path / "package.zip").write_bytes(zipped(files))
    answer = esar("replay", str(tmp_path / "package.zip"), "--lang", "en")
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-3:] == [
        f"The package was computed with {EARLIER}; this is {program()}.",
        "In 4 files this release says the same in other words (--json lists where).",
        "Fiscal year 2567: 3 of 3 results recomputed, every figure the same.",
    ]


def test_this_very_release_says_the_same_words() -> None:
    report = replayed(in_other_words(few_files()))

    assert {problem.place for problem in report.problems} >= WORDS
    assert report.words == ()


@pytest.mark.parametrize("commit", ["", "tests"])
def test_without_a_commit_nobody_can_tell_which_release_it_was(
    commit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esar.kernel.release.commit", lambda: commit)

    assert is_by_this_release(program()) is bool(commit)


def test_a_form_of_a_later_program_is_refused_with_what_to_do() -> None:
    register = json.loads(few_files()[RELEASES])
    register["edition"] = {"form": 7, "program": "open-esar 9.0 (ffff)"}
    with pytest.raises(Refused) as refusal:
        replayed({**few_files(), RELEASES: json.dumps(register).encode()})

    (problem,) = refusal.value.problems
    assert problem_sentence(problem, "en") == (
        "releases.json: This package has form 7, made by open-esar 9.0 (ffff); this program reads"
        " forms up to 6. Install a newer release of Open e-SAR and replay it with that."
    )
    assert problem_sentence(problem, "th") == (
        "releases.json: ชุดข้อมูลนี้เป็นรูปแบบ 7 จัดทำด้วย open-esar 9.0 (ffff) แต่โปรแกรมนี้อ่านได้ถึง"
        "รูปแบบ 6 โปรดติดตั้ง Open e-SAR รุ่นใหม่กว่า แล้วคำนวณซ้ำด้วยรุ่นนั้น"
    )


def test_rules_of_a_later_program_are_refused_with_what_to_do() -> None:
    rules = {"rulebook/2567/schema.yaml": b"version: 3\n"}
    (problem,) = [
        problem
        for problem in replayed({**few_files(), **rules}).problems
        if problem.code.startswith("rules.")
    ]

    assert (problem.code, problem.place) == (
        "rules.newer_schema",
        Place("rulebook/2567/schema.yaml", line=1),
    )


def test_the_manifest_says_the_form_and_the_program_with_its_commit() -> None:
    descriptor = json.loads(few_files()[DESCRIPTOR])

    assert (descriptor["form"], descriptor["computed_with"]) == (6, program())
    assert program() == f"open-esar {version('open-esar')} (tests)"


def test_every_digit_of_a_row_counts() -> None:
    data = few_files()[RESULTS]
    end_of_header = data.index(b"\n")
    row = range(end_of_header, data.index(b"\n", end_of_header + 1))
    for at in (at for at in row if data[at : at + 1].isdigit()):
        digit = b"%d" % ((int(data[at : at + 1]) + 1) % 10)
        changed = {**few_files(), RESULTS: data[:at] + digit + data[at + 1 :]}
        places = [problem.place for problem in replayed(rehashed(changed)).problems]

        assert any((place.file, place.row) == (RESULTS, 2) for place in places)


def test_text_that_is_the_code_of_a_sentence_is_shown_and_not_looked_up() -> None:
    inputs = few_files()[INPUT].replace(b'"actual"', b'"step.between"', 1)
    decided = few_files()[INPUT].replace(b'"name"', b'"not_applicable": "step.between", "name"', 1)
    stated = re.sub(
        rb'"rulebook_sha256": "[0-9a-f]+',
        b'"rulebook_sha256": "step.between',
        few_files()[RELEASES],
    )
    for changed in ({INPUT: inputs}, {INPUT: decided}, {RELEASES: stated}):
        sentences = [
            problem_sentence(problem, "en")
            for problem in replayed({**few_files(), **changed}).problems
        ]

        assert sentences


def test_a_hash_changed_in_the_descriptor_is_found() -> None:
    changed = one_digit(DESCRIPTOR, r'"hash": "sha256:[a-f]*(\d)')(few_files())

    assert [problem.code for problem in replayed(changed).problems] == ["package.other_hash"]


def test_a_number_of_the_rules_changed_shows_in_the_scores_too() -> None:
    _, pattern, _ = CHANGES["a number of the rules"]
    changed = one_digit("rulebook/2567/scoring.yaml", pattern)(few_files())
    report = replayed(rehashed(changed))

    assert report.problems[0].place.file.startswith("rulebook/2567")


def test_spaces_and_order_in_a_file_count_too() -> None:
    value = json.loads(few_files()[EXPLANATION])
    changed = {**few_files(), EXPLANATION: json.dumps(value).encode()}
    (problem,) = replayed(rehashed(changed)).problems

    assert (problem.code, problem.place) == ("package.bytes_differ", Place(EXPLANATION))


def test_rows_and_files_that_are_missing_or_too_many_are_named() -> None:
    lines = few_files()[RESULTS].splitlines(keepends=True)
    shorter = {**few_files(), RESULTS: b"".join(lines[:-1])}
    longer = {**few_files(), RESULTS: b"".join([*lines, lines[-1]])}
    without = {name: data for name, data in few_files().items() if name != EXPLANATION}
    more = {**few_files(), "inputs/XX-12m.json": b"{}"}

    def found(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
        problems = replayed(files).problems
        return [(p.code, p.place.file) for p in problems if p.code != "package.other_hash"]

    assert found(shorter) == [("package.row_missing", RESULTS)]
    assert found(longer) == [("package.row_unexpected", RESULTS)]
    assert found(without) == [("package.missing_file", EXPLANATION)]
    assert found(more) == [("package.unexpected_file", "inputs/XX-12m.json")]


def test_a_package_changed_all_alike_is_found_by_its_published_sha256_only() -> None:
    """Somebody builds a package from other facts: it is sound in itself, and another one."""
    from dataclasses import replace

    from esar.exchange.packaging.build import packed
    from tests.exchange.packaging.make import EDITION, RULEBOOK

    published = replay_bytes(demo_package(), "package.zip").sha256
    first = replace(few_entries()[0], self_total="99.99")
    rebuilt = packed(EDITION, [first], RULEBOOK)

    assert replay_bytes(rebuilt, "package.zip").identical
    report = replay_bytes(rebuilt, "package.zip", sha256=published)
    assert [problem.code for problem in report.problems] == ["package.other_sha256"]


def bomb() -> bytes:
    return zipped({"data/results.csv": bytes(50_000_000)})


def many() -> bytes:
    return zipped({f"f{number}": b"" for number in range(20_001)})


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("releases.json", "{}")
        archive.writestr("releases.json", "{}")
    return out.getvalue()


def with_method(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("releases.json", "{}")
    return out.getvalue()


def damaged() -> bytes:
    """One byte of a packed file is another: the zip's own check sum sees it."""
    data = bytearray(zipped(few_files()))
    data[200] ^= 0xFF
    return bytes(data)


def with_file(name: str, data: bytes) -> Callable[[], bytes]:
    return lambda: zipped({**few_files(), name: data})


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"not a zip at all", "package.broken"),
    "empty": (lambda: b"", "package.broken"),
    "truncated": (lambda: demo_package()[:-5000], "package.broken"),
    "damaged": (damaged, "package.broken"),
    "a way out": (lambda: zipped({"../../etc/passwd": b"x"}), "package.bad_name"),
    "an absolute name": (lambda: zipped({"/etc/passwd": b"x"}), "package.bad_name"),
    "a folder inside": (lambda: zipped({"data/../x": b"x"}), "package.bad_name"),
    "a bomb": (bomb, "package.unpacks_too_large"),
    "too many files": (many, "package.unpacks_too_large"),
    "a name twice": (twice, "package.name_twice"),
    "a rare method": (lambda: with_method(zipfile.ZIP_BZIP2), "package.encrypted"),
    "an empty zip": (lambda: zipped({}), "package.not_a_package"),
    "another zip": (lambda: zipped({"a.txt": b"x"}), "package.not_a_package"),
    "junk inside": (with_file(RELEASES, b"\xff"), "package.not_a_register"),
    "a list inside": (with_file(RELEASES, b"[]"), "package.not_a_register"),
    "too deep": (with_file(RELEASES, b"[" * 99_999), "package.not_a_register"),
    "half a letter": (with_file(RELEASES, b'"\\ud800"'), "package.not_a_register"),
    "no list of files": (with_file(DESCRIPTOR, b"{}"), "package.not_a_descriptor"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_package_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    make, code = UNREADABLE[case]
    path = tmp_path / "package.zip"
    path.write_bytes(make())
    with pytest.raises(Refused) as refused:
        replay(path)

    assert [problem.code for problem in refused.value.problems] == [code]
    answer = esar("replay", str(path), "--lang", "en")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.strip()


JUNK = (b"", b"\xff\xfe", b"{}", b"[]", b"null", b'{"kpis": 1}', b"\0", b'a,b\r\n"', b"[" * 9_999)


KINDS = (
    INPUT,
    EXPLANATION,
    RESULTS,
    KPIS,
    CITED,
    RELEASES,
    DESCRIPTOR,
    "data/bodies.csv",
    "dcat.jsonld",
    "README.md",
    "rulebook/2567/scoring.yaml",
)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_in_any_file_is_a_problem_and_no_traceback(name: str, junk: bytes) -> None:
    try:
        problems = replayed(rehashed_or_not({**few_files(), name: junk})).problems
    except Refused as refused:
        problems = refused.problems

    assert problems


def rehashed_or_not(files: dict[str, bytes]) -> dict[str, bytes]:
    try:
        return rehashed(files)
    except (ValueError, KeyError, TypeError, RecursionError):
        return files


def test_a_missing_input_or_rulebook_is_named() -> None:
    without_input = {name: data for name, data in few_files().items() if name != INPUT}
    without_rules = {k: data for k, data in few_files().items() if not k.startswith("rulebook/")}

    missing = [(problem.code, problem.place.file) for problem in replayed(without_input).problems]
    assert ("package.missing_file", INPUT) in missing
    (problem,) = replayed(without_rules).problems
    assert problem.place.file.startswith("rulebook/2567/")


def esar(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(zipped(few_files()))
    return path


def test_the_command_prints_the_sha256_and_compares_it(package: Path) -> None:
    sha256 = replay(package).sha256
    plain = esar("replay", str(package))
    right = esar("replay", str(package), "--sha256", sha256.upper())
    wrong = esar("replay", str(package), "--sha256", "0" * 64)

    assert (plain.exit_code, right.exit_code, wrong.exit_code) == (0, 0, 1)
    assert sha256 in plain.stdout
    assert "--sha256" in plain.stdout
    assert "--sha256" not in right.stdout
    assert sha256 in wrong.stderr
    assert esar("replay", str(package), "--sha256", "short").exit_code == 2


def test_a_difference_is_exit_code_1_with_its_place_in_both_languages(package: Path) -> None:
    changed = one_digit(RESULTS, r"^[^,\n]+,12m,(\d)")(few_files())
    package.write_bytes(zipped(rehashed(changed)))
    thai, english = esar("replay", str(package)), esar("replay", str(package), "--lang", "en")
    report: Any = json.loads(esar("replay", str(package), "--json").stdout)

    assert (thai.exit_code, english.exit_code) == (1, 1)
    assert "data/results.csv แถว 2 ช่อง total" in thai.stderr
    assert "data/results.csv, row 2, field total" in english.stderr
    assert [(p["file"], p["row"], p["field"]) for p in report["problems"]] == [
        ("data/results.csv", 2, "total")
    ]


@pytest.mark.parametrize("path", ["nowhere.zip", ".", "/dev/null"])
def test_what_is_no_file_is_refused(path: str) -> None:
    assert esar("replay", path).exit_code == 2


def test_a_late_result_of_another_scale_is_replayed_to_the_byte_with_its_extension() -> None:
    kpi = Kpi("1", "effectiveness", Decimal(100), Given(Decimal(4)))
    card = Scorecard(
        2554,
        "province",
        "จังหวัดทดสอบ",
        "12m",
        (kpi,),
        received=date(2011, 11, 9),
        province="TH-74",
        code="TH-74",
        due=date(2011, 11, 7),
    )
    edition = replace(EDITION, year=2554)
    data = packed(edition, [entry(card)], RULEBOOK)

    report = replay_bytes(data, "2554.zip")

    assert (report.problems, report.recomputed) == ((), 1)
    assert packed(edition, [entry(card)], RULEBOOK) == data


def _of_a_mac(files: Mapping[str, bytes]) -> dict[str, bytes]:
    own = {f"esar-2567/{name}": content for name, content in files.items()}
    return own | {
        "esar-2567/.DS_Store": b"x",
        "__MACOSX/._esar-2567": b"x",
        "__MACOSX/esar-2567/._releases.json": b"x",
    }


def _of_windows(files: Mapping[str, bytes]) -> dict[str, bytes]:
    own = {name.replace("/", "\\"): content for name, content in files.items()}
    return own | {"Thumbs.db": b"x", "desktop.ini": b"x"}


def _in_two_folders(files: Mapping[str, bytes]) -> dict[str, bytes]:
    own = {f"Archive/esar-2567/{name}": content for name, content in files.items()}
    return own | {
        "Archive/__MACOSX/esar-2567/._releases.json": b"x",
        "Archive/._esar-2567": b"x",
        "Archive/esar-2567/.Spotlight-V100/store": b"x",
        "Archive/esar-2567/rulebook/.directory": b"x",
        "Archive/esar-2567/Icon\r": b"x",
        "Archive/THUMBS.DB": b"x",
    }


@pytest.mark.parametrize("packed_again", [_of_a_mac, _of_windows, _in_two_folders])
def test_a_package_packed_again_by_another_computer_is_replayed(
    packed_again: Callable[[Mapping[str, bytes]], dict[str, bytes]],
) -> None:
    assert replayed(packed_again(few_files())).problems == ()


def test_line_ends_that_git_or_an_editor_changed_are_told_and_nothing_else_is() -> None:
    plain = {name: content.replace(b"\r\n", b"\n") for name, content in few_files().items()}
    for end in (b"\n", b"\r\n"):
        files = {name: content.replace(b"\n", end) for name, content in plain.items()}

        problems = replayed(files).problems

        assert {problem.code for problem in problems} == {"package.line_ends"}
        changed = {name for name, content in files.items() if content != few_files()[name]}
        assert {problem.place.file for problem in problems} == changed
        assert problem_sentence(problems[0], "en").endswith(
            ": The lines of this file do not end as they were published: git or an editor changed "
            "them. Unpack the published zip again."
        )


def test_a_figure_that_was_changed_together_with_the_line_ends_is_still_told() -> None:
    files = few_files()
    name = "data/results.csv"
    changed = files[name].replace(b"\r\n", b"\n").replace(b"12m", b"6m", 1)

    codes = {problem.code for problem in replayed({**files, name: changed}).problems}

    assert "package.line_ends" not in codes
    assert "package.other_hash" in codes


@pytest.mark.parametrize("top", ["", "esar-2567", "Downloads/esar-2567"])
def test_a_folder_that_a_package_was_unpacked_into_is_replayed(tmp_path: Path, top: str) -> None:
    for name, content in few_files().items():
        path = tmp_path / top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / top / "._releases.json").write_bytes(b"x")
    (tmp_path / top / "Thumbs.db").write_bytes(b"x")

    report = replay(tmp_path)

    assert (report.problems, report.results) == ((), len(few_entries()))


def test_a_package_unpacked_has_the_sha256_of_the_package(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(demo_package())) as archive:
        archive.extractall(tmp_path)

    assert replay(tmp_path).sha256 == hashlib.sha256(demo_package()).hexdigest()


def test_a_folder_without_a_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"x")

    with pytest.raises(Refused) as refusal:
        replay(tmp_path)

    assert [problem.code for problem in refusal.value.problems] == ["package.not_a_package"]


def test_a_year_whose_rulebook_was_written_anew_holds_both_and_is_replayed(tmp_path: Path) -> None:
    files = under_two_rulebooks(tmp_path)
    before = sha256_of(tmp_path / "2567")
    report = replayed(files)

    assert (report.problems, report.identical, report.recomputed) == ((), True, 3)
    assert json.loads(files[DESCRIPTOR])["form"] == 6
    explanations = {
        name: json.loads(text)["rulebook_sha256"]
        for name, text in files.items()
        if name.startswith("explanations/")
    }
    corrected = f"explanations/{few_entries()[1].release.stem}.json"
    assert {name for name, sha256 in explanations.items() if sha256 == before} == {corrected}
    folder = f"rulebook/{before[:16]}/2567"
    assert {name for name in files if name.startswith(f"{folder}/")} == {
        f"{folder}/{path.name}" for path in (tmp_path / "2567").glob("*.yaml")
    }


def test_a_comment_changed_in_the_older_of_two_rulebooks_is_found(tmp_path: Path) -> None:
    files = under_two_rulebooks(tmp_path)
    folder = f"rulebook/{sha256_of(tmp_path / '2567')[:16]}/2567"
    name = f"{folder}/scoring.yaml"
    problems = replayed(rehashed({**files, name: files[name] + b"# changed\n"})).problems

    assert [(one.code, one.place) for one in problems] == [
        ("package.other_rulebook", Place(folder))
    ]


def test_the_older_of_two_rulebooks_that_is_not_there_is_told(tmp_path: Path) -> None:
    files = under_two_rulebooks(tmp_path)
    folder = f"rulebook/{sha256_of(tmp_path / '2567')[:16]}"
    without = {name: text for name, text in files.items() if not name.startswith(folder)}
    problems = replayed(without).problems

    assert [(one.code, one.place) for one in problems] == [
        ("rules.no_sources", Place(f"{folder}/2567/sources.yaml"))
    ]


def of_a_kind(kind: str) -> Entry:
    """A result whose KPI 1.1 is of this kind."""
    card = demo_cards()[0]
    first, *rest = card.kpis
    return entry(replace(card, kpis=(replace(first, kind=kind), *rest)))


def test_a_package_says_the_kind_and_the_group_of_a_kpi_and_replays() -> None:
    files = dict(build(EDITION, [of_a_kind("kind.basic")], RULEBOOK))
    rows = list(csv.DictReader(io.StringIO(files["data/kpis.csv"].decode("utf-8-sig"))))
    kinds = {row["kpi"]: (row["kpi_kind"], row["kpi_kind_en"], row["kpi_group"]) for row in rows}

    assert replayed(files).identical
    assert kinds["1.1"] == ("kind.basic", "KPIs of basic and routine duties", "1.1")
    assert {kind for kpi, kind in kinds.items() if kpi != "1.1"} == {("", "", "")}


def test_a_package_of_before_kinds_has_no_column_of_them() -> None:
    before = dict(build(replace(EDITION, form=3), few_entries(), RULEBOOK))
    now = few_files()
    heads = [files["data/kpis.csv"].decode("utf-8-sig").split("\r\n")[0] for files in (before, now)]
    kinds = {"kpi_kind", "kpi_kind_th", "kpi_kind_en", "kpi_group"}

    assert replayed(before).identical
    assert set(heads[1].split(",")) - set(heads[0].split(",")) == kinds


OWN = SelfEvaluated(
    "OPSMOD",
    "12m",
    Text("สำนักงานปลัดกระทรวงกลาโหม", "Permanent Secretary for Defence"),
    "4.412",
    "5",
    "ดีมาก",
    date(2024, 11, 18),
    is_demo=True,
)


def with_self_evaluations(form: int = FORM) -> dict[str, bytes]:
    """Three results, and what two bodies gave of themselves; the second gave no total."""
    rows = [replace(OWN, code="RTA", total=None, scale=None), OWN]
    edition = replace(EDITION, form=form)
    return dict(build(edition, few_entries(), RULEBOOK, self_evaluations=rows))


def test_a_package_has_what_bodies_gave_of_themselves_apart_and_replays() -> None:
    files = with_self_evaluations()
    text = files["data/self_evaluations.csv"].decode("utf-8-sig")
    rows = [(row["body"], row["total"], row["scale"]) for row in csv.DictReader(io.StringIO(text))]

    assert rows == [("OPSMOD", "4.412", "5"), ("RTA", "", "")]
    assert replayed(files).identical
    assert files["data/results.csv"] == few_files()["data/results.csv"]
    assert files["data/bodies.csv"] == few_files()["data/bodies.csv"]


def test_what_a_body_gave_changed_in_one_place_is_found() -> None:
    files = with_self_evaluations()
    name = "data/self_evaluations.csv"
    changed = rehashed({**files, name: files[name].replace(b"4.412", b"4.999")})

    assert [problem.place.file for problem in replayed(changed).problems] == [name]


def test_a_package_of_before_self_evaluations_has_none_and_is_read() -> None:
    files = with_self_evaluations(form=5)

    assert "data/self_evaluations.csv" not in files
    assert "self_evaluations" not in json.loads(files[RELEASES])
    assert replayed(files).identical


def test_a_kind_that_the_year_has_not_is_warned_of_and_counted_under_none() -> None:
    unknown = of_a_kind("kind.unheard").explanation

    assert "kpi_kind" not in unknown["kpis"][0]
    assert [one["en"] for one in unknown["warnings"] if one["code"] == "score.unknown_kind"] == [
        "national-2567-demo.json, line 2, field kpi_kind: KPI 1.1 is of the kind “kind.unheard”,"
        " which this year does not have, so"
        " it is counted under none. Use one of: kind.agenda.department, kind.joint-function,"
        " kind.basic, kind.international, kind.joint-agenda."
    ]
