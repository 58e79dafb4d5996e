"""What `esar doctor` finds: each kind of disorder made on purpose, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Answer
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet

from esar.agree.scorecards.models import ScorecardVersion
from esar.judge.assessments.models import Assessment
from esar.judge.results.models import Result, RulebookCopy
from esar.kernel.chain import digest
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence, say
from esar.operations.doctor import doctor, findings, notes
from esar.platform.evidence import actions as evidence
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.storage import storage
from esar.platform.history import guards
from esar.platform.history.frozen import Frozen
from esar.platform.history.models import Event
from esar.platform.history.queries import bound_rows
from esar.platform.organisations.models import Body, Role
from esar.report.activity_plans.models import PlanVersion
from esar.report.activity_plans.monthly.models import MonthlyVersion
from esar.report.central_data import actions as central
from esar.report.central_data.data_sets.queries import data_set
from esar.report.central_data.models import CentralValue, Delivery
from esar.report.letters import actions as letters
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.queries import content as words_of
from esar.report.reports import writing
from esar.report.reports.models import Attachment, Claim, Report, ReportVersion
from tests.judge.results.make import released
from tests.make import World, person
from tests.operations.make import bind_world
from tests.report.activity_plans.monthly.make import plan_in_force, report
from tests.report.central_data.make import publish
from tests.report.reports.make import AT_APRIL, report_of, sent
from tests.show.public.make import result

ON, AT = date(2024, 6, 1), datetime(2024, 6, 1, 3, 0, tzinfo=UTC)
TEXT = "หลักฐานการดำเนินงาน\n".encode() * 20


def found() -> list[str]:
    """What is out of order but for the rows themselves, which stand as they are now."""
    bind_world()
    return [problem.code for problem in findings()]


def asked(*options: str) -> Answer:
    """What the command answers, of rows that stand as they are now."""
    bind_world()
    return CliRunner().invoke(doctor, options)


def uploaded(world: World, report: Report, content: bytes = TEXT) -> Upload:
    """A file that came in three parts and rests on KPI 1.1."""
    upload = evidence.begin(
        "หลักฐาน.txt", len(content), subject="test", by=world.reporter, at=AT_APRIL
    )
    third = len(content) // 3
    for first, last in ((0, third), (third, 2 * third), (2 * third, len(content))):
        evidence.append(upload, first, content[first:last])

    def then(stored: StoredFile) -> None:
        writing.attach(
            report,
            "1.1",
            stored,
            upload.name,
            by=world.reporter,
            at=AT_APRIL,
            on=date(2024, 4, 20),
        )

    evidence.finish(upload, at=AT_APRIL, then=then)
    upload.refresh_from_db()
    return upload


def published(world: World) -> Delivery:
    """The digital points of the world's province and department."""
    one = data_set(2567, "12m", "central-data.digital")
    assert one is not None
    owner = Body.objects.filter(code=one.owner).first() or Body.objects.create(
        code=one.owner, kind="other", name_th="เจ้าของข้อมูล", name_en="Owner", source="test"
    )
    by = person("central", (Role.CENTRAL_OWNER, owner))
    rows = "\n".join(f"{body.code},80" for body in (world.province, world.department))
    file = ContentFile(f"code,value\n{rows}\n".encode(), name="values.csv")
    made = central.check_file(file, 2567, "12m", one.rule_id, by=by, at=AT, on=ON)
    publish(made, True, by=by, at=AT, on=ON)
    return made


def sent_letter(world: World) -> Letter:
    """A letter of the province to the department."""
    said = {
        "number": "1",
        "dated": ON,
        "subject": "เรื่อง",
        "to": "ถึง",
        "text": "ตามที่",
        "signer": "นายหนึ่ง",
        "post": "ผู้ว่าราชการจังหวัด",
    }
    letter = letters.write(world.province, said, by=world.reporter, at=AT, on=ON)
    letters.address(letter, [world.department], [], by=world.reporter, at=AT, on=ON)
    LETTER_LIFE.move(letter, "propose", by=world.reporter, at=AT, on=ON)
    LETTER_LIFE.move(letter, "send", by=world.approver, at=AT, on=ON)
    return letter


def raw(model: Any) -> Any:
    """Rows past the managers that refuse to change them."""
    return QuerySet(model).all()


def test_a_world_in_which_everything_was_done_properly_is_in_order(world: World) -> None:
    result = released(world)
    published(world)
    other = report_of(world, "6m", world.department)
    by = world.reporter
    world.reporter = world.reporter_d
    uploaded(world, other)
    world.reporter = by

    answer = asked()

    assert (found(), list(notes(AT))) == ([], [])
    assert (answer.exit_code, "Everything is in order: 1 file" in answer.output) == (0, True)
    assert result.state == "released"


# --- Frozen content and the history --------------------------------------------------------------


def a_report(world: World) -> None:
    sent(world)


def a_month(world: World) -> None:
    report(world, plan_in_force(world), date(2017, 12, 1), (2, "2017-12", False))


@pytest.mark.parametrize(
    ("made", "model"),
    [
        (a_report, ScorecardVersion),
        (a_report, ReportVersion),
        (a_month, PlanVersion),
        (a_month, MonthlyVersion),
    ],
)
def test_frozen_content_that_was_changed_is_found(
    world: World, made: Callable[[World], None], model: Any
) -> None:
    made(world)
    one = raw(model).get()
    raw(model).update(content=one.content | {"body": "TH-99"})

    assert found() == ["doctor.version_changed"]


def test_everything_that_is_frozen_is_looked_at() -> None:
    assert {one.__name__ for one in Frozen.__subclasses__()} == {
        "MonthlyVersion",
        "PlanVersion",
        "ReportVersion",
        "ScorecardVersion",
        "SelfEvaluationVersion",
    }


def recipient_gone(letter: Letter) -> None:
    Recipient.objects.filter(letter=letter).delete()


def text_changed_with_its_hash(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(text="อื่น")
    letter.refresh_from_db()
    Letter.objects.filter(pk=letter.pk).update(sha256=digest(words_of(letter)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda letter: Letter.objects.filter(pk=letter.pk).update(text="อื่น"),
        text_changed_with_its_hash,
        recipient_gone,
        lambda letter: letter.delete(),
    ],
)
def test_a_letter_that_is_not_what_was_sent_is_found(
    world: World, spoil: Callable[[Letter], Any]
) -> None:
    letter = sent_letter(world)
    assert found() == []
    spoil(letter)

    assert found() == ["doctor.letter_changed"]


@pytest.mark.parametrize("part", ["explanation", "inputs"])
def test_a_result_that_its_inputs_do_not_give_is_found(world: World, part: str) -> None:
    one = released(world)
    content = json.loads(json.dumps(getattr(one, part)))
    if part == "explanation":
        content["kpis"][0]["points"] = "99.0000"
    else:
        content["kpis"][0]["actual"] = "12"
    raw(Result).update(**{part: content})

    assert found()[-1] == "doctor.result_differs"


def test_words_of_an_explanation_that_were_changed_are_found(world: World) -> None:
    content = json.loads(json.dumps(released(world).explanation))
    content["kpis"][0]["steps"][0]["th"] = "อื่น"
    raw(Result).update(explanation=content)

    assert found() == ["doctor.result_changed"]


def test_words_of_a_result_from_a_file_are_bound_by_its_row_though_the_log_has_no_hash(
    world: World,
) -> None:
    content = json.loads(json.dumps(result(world.province).explanation))
    assert found() == []
    content["kpis"][0]["steps"][0]["th"] = "อื่น"
    raw(Result).update(explanation=content)

    assert [problem.code for problem in findings()] == ["doctor.row_changed"]


def test_a_figure_of_a_step_that_its_inputs_do_not_give_is_found_with_its_place(
    world: World,
) -> None:
    content = json.loads(json.dumps(result(world.province).explanation))
    content["kpis"][0]["steps"][0]["output"] = "12.5"
    raw(Result).update(explanation=content)
    bind_world()

    (problem,) = findings()
    assert (problem.code, problem.figures["field"]) == (
        "doctor.result_differs",
        "kpis[0].steps[0].output",
    )
    assert problem_sentence(problem, "en") == (
        "Result TH-74 2567 12m, number 1: kpis[0].steps[0].output is kept as “12.5”; computed again"
        " it is “100”."
    )


def test_inputs_that_cannot_be_computed_are_found(world: World) -> None:
    released(world)
    raw(Result).update(inputs={"year": "no year"})

    assert found()[-1] == "doctor.result_not_computable"


def test_a_release_of_the_software_that_explains_in_other_words_finds_nothing_wrong(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(world)
    bind_world()
    monkeypatch.setattr("esar.law.scoring.steps.say", lambda *_: "ถ้อยคำที่ดีกว่า")

    answer = asked("--json")

    assert answer.exit_code == 0
    assert [note["code"] for note in json.loads(answer.output)["notes"]] == [
        "doctor.worded_otherwise"
    ]
    assert json.loads(answer.output)["findings"] == []


def older_copy(more: dict[str, str] | None = None) -> dict[str, str]:
    """The rules as they stood before the schema had versions, kept under their own hash."""
    files = dict(RulebookCopy.objects.get().files)
    del files["2567/schema.yaml"]
    path = "2567/changes.yaml"
    lines = files[path].splitlines(keepends=True)
    files[path] = "".join(line for line in lines if not line.startswith("      fields: ["))
    files |= more or {}
    in_order = sorted((name, text) for name, text in files.items() if name.count("/") == 1)
    whole = b"".join(
        name.removeprefix("2567/").encode() + b"\0" + text.encode() + b"\0"
        for name, text in in_order
    )
    RulebookCopy.objects.create(sha256=hashlib.sha256(whole).hexdigest(), year=2567, files=files)
    return files


def test_a_kept_rulebook_of_before_that_lacks_a_key_is_in_order(world: World) -> None:
    released(world)
    older_copy()

    assert found() == []


def test_a_digit_changed_in_a_kept_rulebook_of_before_is_found(world: World) -> None:
    released(world)
    files = older_copy()
    path = "2567/calendar.yaml"
    changed = files | {path: files[path].replace("2024-02-29", "2024-02-28", 1)}
    assert changed != files
    raw(RulebookCopy).exclude(files__has_key="2567/schema.yaml").update(files=changed)

    assert found() == ["doctor.rulebook_changed"]


def test_a_kept_rulebook_of_a_later_program_is_not_called_changed(world: World) -> None:
    released(world)
    older_copy({"2567/schema.yaml": "version: 3\n"})
    bind_world()

    (problem,) = findings()
    assert problem.code == "doctor.rulebook_unreadable"
    assert problem_sentence(problem, "en").endswith(
        "is what its hash says, but this program cannot read it: 2567/schema.yaml, line 1: These"
        " rules are written in version 3 of the schema; this program reads versions up to 2."
        " Install a newer release of Open e-SAR."
    )


def test_a_kept_rulebook_that_was_changed_is_found(world: World) -> None:
    released(world)
    files = RulebookCopy.objects.get().files
    path = "2567/scoring.yaml"
    raw(RulebookCopy).update(files=files | {path: files[path].replace("50, 75", "51, 75")})

    assert found() == ["doctor.rulebook_changed"]


def test_a_result_of_rules_that_are_no_more_is_a_note(world: World) -> None:
    released(world)
    raw(Result).update(rulebook_sha256="0" * 64)

    assert found() == []
    assert [(one.code, dict(one.figures)) for one in notes(AT)] == [
        ("doctor.not_recomputed", {"year": 2567, "count": 1})
    ]


def test_an_edited_event_is_found(world: World) -> None:
    sent(world)
    guards.remove(connection)
    Event.objects.filter(number=7).update(reason="อื่น")

    assert found() == ["audit.edited", "doctor.rows_not_compared"]
    guards.install(connection)


# --- States that contradict ----------------------------------------------------------------------


def test_a_report_without_what_was_sent_is_found(world: World) -> None:
    report = sent(world)
    Report.objects.filter(pk=report.pk).update(sent=2)

    assert found() == ["doctor.no_version", "doctor.other_version"]


def test_a_submitted_report_without_an_assessment_is_found(world: World) -> None:
    sent(world)
    raw(Assessment).delete()

    assert found() == ["doctor.no_assessment"]


def test_an_assessment_of_an_older_sending_is_found(world: World) -> None:
    report = sent(world)
    held = ReportVersion.objects.get()
    ReportVersion.objects.create(
        report=report,
        number=2,
        content=held.content,
        sha256=digest(held.content),
        by=world.approver,
        at=AT,
    )
    Report.objects.filter(pk=report.pk).update(sent=2)

    assert found() == ["doctor.other_version"]


def test_a_done_assessment_without_a_result_is_found(world: World) -> None:
    sent(world)
    Assessment.objects.update(state="done")

    assert found() == ["doctor.no_result"]


def test_two_released_results_are_found(world: World) -> None:
    one = released(world)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX result_one_released")
    one.pk, one.number = None, 2
    one._state.adding = True
    one.save(force_insert=True)

    assert found() == ["doctor.two_released"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda: raw(CentralValue).delete(), "doctor.delivery_values"),
        (lambda: raw(CentralValue).filter(body__code="DIT").delete(), "doctor.delivery_values"),
    ],
)
def test_a_delivery_without_all_its_values_is_found(
    world: World, spoil: Callable[[], Any], code: str
) -> None:
    published(world)
    spoil()

    assert found() == [code]


def test_a_delivery_that_the_history_does_not_know_is_found(world: World) -> None:
    one = published(world)
    one.pk, one.number = None, 9
    one.save(force_insert=True)

    assert found() == ["doctor.delivery_untold"]


# --- Files ---------------------------------------------------------------------------------------


def gone(file: StoredFile) -> None:
    storage().delete(file.path)


def changed(file: StoredFile) -> None:
    storage().save(file.path, ContentFile(b"x" * file.size))


def arriving(file: StoredFile) -> None:
    StoredFile.objects.filter(pk=file.pk).update(state="arriving")


def forgotten(file: StoredFile) -> None:
    Attachment.objects.all().delete()
    file.delete()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (gone, "doctor.missing"),
        (changed, "doctor.changed"),
        (arriving, "doctor.attached_arriving"),
        (forgotten, "doctor.orphan"),
    ],
)
def test_a_file_and_its_row_that_disagree_are_found(
    world: World, spoil: Callable[[StoredFile], None], code: str
) -> None:
    uploaded(world, report_of(world))
    spoil(StoredFile.objects.get())

    assert found() == [code]


def test_parts_of_an_upload_that_nobody_knows_are_found(world: World) -> None:
    upload = evidence.begin("ก.txt", 9, subject="test", by=world.reporter, at=AT)
    evidence.append(upload, 0, b"123")
    assert found() == []

    upload.delete()

    assert found() == ["doctor.orphan"]


def test_an_upload_that_nobody_finishes_is_a_note_after_two_days(world: World) -> None:
    evidence.begin("ก.txt", 9, subject="test", by=world.reporter, at=AT)

    assert [one.code for one in notes(AT + timedelta(days=2))] == []
    assert [one.code for one in notes(AT + timedelta(days=2, seconds=1))] == [
        "doctor.forgotten_uploads"
    ]
    assert found() == []


def test_files_that_wait_and_a_scanner_that_is_silent_are_notes(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.CLAMD = str(tmp_path / "nobody")
    uploaded(world, report_of(world))

    assert [one.code for one in notes(AT_APRIL)] == [
        "doctor.waiting_for_scan",
        "doctor.scanner_down",
    ]
    assert found() == []


# --- An upload whose line breaks -----------------------------------------------------------------


def test_all_parts_there_is_not_received_before_the_file_is_taken(world: World) -> None:
    """The server dies between the last part and looking at the file: the sender sends it again."""
    report = report_of(world)
    upload = evidence.begin("ก.txt", len(TEXT), subject="test", by=world.reporter, at=AT)
    assert evidence.append(upload, 0, TEXT[:100]) == 100
    assert evidence.append(upload, 100, TEXT[100:]) == len(TEXT)

    upload.refresh_from_db()
    assert (upload.received, upload.state) == (100, "open")
    assert evidence.append(upload, 100, TEXT[100:]) == len(TEXT)

    def then(stored: StoredFile) -> None:
        writing.attach(
            report, "1.1", stored, "ก.txt", by=world.reporter, at=AT_APRIL, on=date(2024, 4, 20)
        )

    first = evidence.finish(upload, at=AT_APRIL, then=then)
    assert first is not None
    upload.refresh_from_db()
    assert (upload.received, upload.state) == (len(TEXT), "done")


def test_an_answer_that_got_lost_is_given_again(world: World) -> None:
    upload = uploaded(world, report_of(world))
    last = 2 * (len(TEXT) // 3)

    assert evidence.append(upload, last, TEXT[last:]) == len(TEXT)
    assert evidence.finish(upload, at=AT, then=lambda _file: None) is None
    assert Claim.objects.count() == Attachment.objects.count() == 1
    assert found() == []


def test_parts_that_are_missing_are_asked_for(world: World) -> None:
    upload = evidence.begin("ก.txt", 9, subject="test", by=world.reporter, at=AT)
    evidence.append(upload, 0, b"123")

    with pytest.raises(Refused) as refused:
        evidence.finish(upload, at=AT, then=lambda _file: None)
    assert [problem.code for problem in refused.value.problems] == ["evidence.wrong_part"]
    upload.refresh_from_db()
    assert (upload.received, upload.state) == (3, "open")


# --- The command ---------------------------------------------------------------------------------


def test_findings_are_said_in_both_languages_and_end_with_exit_code_1(world: World) -> None:
    sent(world)
    raw(Assessment).delete()

    spoken = asked()
    written = asked("--json")

    assert (spoken.exit_code, spoken.output.splitlines()) == (
        1,
        [
            "รายงาน TH-74 2567 6m ส่งแล้ว แต่ไม่มีการประเมิน",
            "Report TH-74 2567 6m is submitted and has no assessment.",
            "พบ 1 ข้อที่ไม่เรียบร้อย",
            "1 not in order.",
        ],
    )
    answer = json.loads(written.output)
    assert (written.exit_code, answer["in_order"], answer["notes"]) == (1, False, [])
    assert [one["code"] for one in answer["findings"]] == ["doctor.no_assessment"]


def test_what_cannot_be_looked_at_ends_with_exit_code_2(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> Any:
        raise ConnectionError("the store does not answer")

    monkeypatch.setattr("esar.platform.evidence.doctor.names", down)
    answer = asked("--json")

    assert answer.exit_code == 2
    assert world.province.code == "TH-74"


def test_the_doctor_says_of_each_part_how_far_it_is(world: World) -> None:
    result(world.province)
    sent(world)
    bind_world()
    steps: dict[str, list[tuple[int, int]]] = {}

    def watch(part: str, count: int, whole: int) -> None:
        steps.setdefault(part, []).append((count, whole))

    assert list(findings(watch)) == []
    events, rows = Event.objects.count(), sum(map(len, bound_rows().digests.values()))
    assert {part: (counts[0][0], counts[-1]) for part, counts in steps.items()} == {
        "files": (0, (1, 1)),
        "events": (0, (events, events)),
        "rows": (0, (rows, rows)),
        "checkpoints": (0, (1, 1)),
        "versions": (0, (1, 1)),
        "letters": (0, (1, 1)),
        "rulebooks": (0, (1, 1)),
        "results": (0, (1, 1)),
        "states": (0, (1, 1)),
    }
    assert all(counts == sorted(counts) for counts in steps.values())


@pytest.mark.django_db
def test_in_a_file_there_are_no_bars() -> None:
    assert asked().stderr == ""


def test_a_database_that_nobody_migrated_is_told_with_what_to_do(
    world: World,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_: Any) -> Any:
        raise OperationalError("no such table: history_event")

    monkeypatch.setattr("esar.operations.doctor._looked_at", fails)
    migrated = asked()
    MigrationRecorder.Migration.objects.filter(app="appeals").delete()
    without = asked()

    assert (migrated.exit_code, without.exit_code) == (2, 2)
    assert migrated.stderr.splitlines() == [
        say("doctor.cannot_look", {"why": "OperationalError: no such table: history_event"}, lang)
        for lang in ("th", "en")
    ]
    assert without.stderr.splitlines() == [
        say("audit.not_migrated", {}, lang) for lang in ("th", "en")
    ]
