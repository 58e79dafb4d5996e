"""Guards that could be taken out with no test failing: each has a test that fails without it.

They are the four that an attack on an earlier release found untested, and own work in reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment, Judgement
from esar.kernel.problems import Refused
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Enclosure
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Attachment, Report
from tests.judge.assessments.make import AT_MAY, MAY, declared, judged
from tests.make import AT, ON, World
from tests.platform.evidence.make import send
from tests.report.activity_plans.monthly.make import kept_pdf
from tests.report.letters import make as letters
from tests.report.reports.make import APRIL, AT_APRIL, filled, report_of, said, sent

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.CLAMD = tmp_path, ""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }
    cache.clear()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def with_role(person: Person, role: str, **place: Any) -> Person:
    """The person, who now holds one more role."""
    appoint(person, role, by=None, at=AT, on=ON, **place)
    return Person.objects.get(pk=person.pk)


def status(client: Client, path: str) -> int:
    """What a GET of an address is answered with; a file that comes is read to its end."""
    answer: Any = client.get(path)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def why_not(verdict: Any) -> str:
    return verdict.problem.code if verdict.problem else ""


# Evidence of another body through one's own report


def file_of(report: Report) -> Attachment:
    return Attachment.objects.select_related("claim__report__scorecard__body").get(
        claim__report=report
    )


def test_evidence_of_another_body_is_not_reached_through_ones_own_report(world: World) -> None:
    clock.pretend(APRIL)
    own, foreign = report_of(world), report_of(world, body=world.department)
    for report, person in ((own, world.reporter), (foreign, world.reporter_d)):
        send(client_of(person), report, "หลักฐาน.txt", f"หลักฐาน {report.pk}\n".encode())
    client = client_of(world.reporter)
    answers = {}
    for report in (foreign, own):
        base = f"/reports/{own.pk}/evidence/{file_of(report).pk}/"
        answers[report] = [
            status(client, base),
            status(client, f"{base}preview/"),
            client.post(f"{base}public/", {"public": "1"}).status_code,
            client.post(f"{base}also/", {"number": "1.2"}).status_code,
            client.post(f"{base}remove/").status_code,
        ]

    assert answers == {foreign: [404] * 5, own: [200, 200, 302, 302, 302]}
    assert Attachment.objects.filter(claim__report=foreign, is_public=False).count() == 1


# Files of another letter by a link


def letter_with_a_file(world: World, number: str) -> tuple[str, Enclosure]:
    """The address of a letter's personal link, and the file that came with the letter."""
    letter = letters.draft(world, "คลังจังหวัด", number=number)
    file = SimpleUploadedFile(f"{number}.txt", f"เนื้อหา {number}".encode())
    client_of(world.reporter).post(f"/letters/{letter.pk}/files/", {"file": file})
    LETTER_LIFE.move(letter, "propose", **letters.when(world))
    LETTER_LIFE.move(letter, "send", **letters.when(world, world.approver))
    return letters.link_of(letter, world), Enclosure.objects.get(letter=letter)


def test_a_link_gives_the_files_of_its_own_letter_only(world: World) -> None:
    letters.since_before()
    clock.pretend(letters.ON)
    (first_link, first), (second_link, second) = (
        letter_with_a_file(world, number) for number in ("1", "2")
    )
    answers = [
        status(Client(), f"{link}files/{enclosure.pk}/")
        for link in (first_link, second_link)
        for enclosure in (first, second)
    ]

    assert answers == [200, 404, 404, 200]


def test_a_letters_page_gives_the_files_of_its_own_letter_only(world: World) -> None:
    letters.since_before()
    clock.pretend(letters.ON)
    enclosures = [letter_with_a_file(world, number)[1] for number in ("1", "2")]
    client = client_of(world.reporter)
    answers = [
        status(client, f"/letters/{of.letter_id}/files/{enclosure.pk}/")
        for of in enclosures
        for enclosure in enclosures
    ]

    assert answers == [200, 404, 404, 200]


# Own work: an assessor who wrote the report, a reporter who is approver too


@pytest.mark.parametrize("author", ["reporter", "approver"])
def test_nobody_judges_the_report_that_they_wrote_or_sent_in(world: World, author: str) -> None:
    assessment = Assessment.objects.select_related(
        "report__scorecard__body__parent", "version"
    ).get(report=sent(world))
    own = with_role(getattr(world, author), Role.ASSESSOR)
    for assessor in (own, world.assessor):
        declared(assessment, assessor)

    assert why_not(ASSESSMENT_LIFE.may(own, assessment, "judge", MAY)) == "access.own_work"
    assert ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY)
    for name in ("pass_on", "return"):
        assert why_not(ASSESSMENT_LIFE.may(own, assessment, name, MAY)) == "access.own_work"
        with pytest.raises(Refused):
            ASSESSMENT_LIFE.move(assessment, name, by=own, at=AT_MAY, on=MAY, reason="x")
    with pytest.raises(Refused):
        judged(assessment, "1.1", "90", own)
    assert not Judgement.objects.exists()


def with_a_file(report: Report, by: Person) -> Attachment:
    return writing.attach(
        report, "1.1", kept_pdf(str(report.pk)), "หลักฐาน.pdf", by=by, at=AT_APRIL, on=APRIL
    )


def claim_saved(report: Report, by: Person) -> None:
    writing.save_claim(report, "1.1", said("87"), revision=1, by=by, at=AT_APRIL, on=APRIL)


def month_saved(report: Report, by: Person) -> None:
    months: dict[date, Any] = {date(2023, 11, 1): {"value": 87}}
    writing.save_months(report, "1.1", months, by=by, at=AT_APRIL, on=APRIL)


def file_attached(report: Report, by: Person) -> None:
    with_a_file(report, by)


def file_removed(report: Report, by: Person) -> None:
    writing.detach(file_of(report), by=by, at=AT_APRIL, on=APRIL)


def file_marked(report: Report, by: Person) -> None:
    writing.make_public(file_of(report), public=True, by=by, at=AT_APRIL, on=APRIL)


WRITINGS = [claim_saved, month_saved, file_attached, file_removed, file_marked]


@pytest.mark.parametrize("write", WRITINGS, ids=lambda write: write.__name__)
def test_a_report_is_not_sent_in_nor_back_by_whoever_wrote_any_of_it(
    world: World, write: Callable[[Report, Person], None]
) -> None:
    report = filled(world)
    if write in (file_removed, file_marked):
        with_a_file(report, world.reporter)
    both = with_role(world.approver, Role.REPORTER, body=world.province)
    colleague = with_role(world.reporter_d, Role.APPROVER, body=world.province)
    write(report, both)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)

    for name in ("submit", "send_back"):
        assert why_not(REPORT_LIFE.may(both, report, name, APRIL)) == "access.own_work"
        assert REPORT_LIFE.may(colleague, report, name, APRIL)
        with pytest.raises(Refused):
            REPORT_LIFE.move(report, name, by=both, at=AT_APRIL, on=APRIL, reason="x")
    assert Report.objects.get(pk=report.pk).state == "proposed"


def test_a_report_is_not_sent_in_nor_back_by_whoever_proposed_it(world: World) -> None:
    report = filled(world)
    both = with_role(world.approver, Role.REPORTER, body=world.province)
    REPORT_LIFE.move(report, "propose", by=both, at=AT_APRIL, on=APRIL)

    for name in ("submit", "send_back"):
        assert why_not(REPORT_LIFE.may(both, report, name, APRIL)) == "access.own_work"
    assert REPORT_LIFE.may(both, report, "withdraw", APRIL)


@pytest.mark.parametrize("author", ["reporter", "approver"])
def test_a_report_is_not_returned_by_whoever_wrote_it_or_sent_it_in(
    world: World, author: str
) -> None:
    report = sent(world)
    own = with_role(getattr(world, author), Role.ASSESSOR)

    assert why_not(REPORT_LIFE.may(own, report, "return", APRIL)) == "access.own_work"
    assert REPORT_LIFE.may(world.assessor, report, "return", APRIL)


def test_who_wrote_another_report_may_send_in_this_one(world: World) -> None:
    report = filled(world)
    other = Report.objects.get(scorecard=report.scorecard, round_id="12m")
    both = with_role(world.approver, Role.REPORTER, body=world.province)
    october = date(2024, 10, 10)
    at = AT_APRIL.replace(month=10, day=10)
    writing.save_claim(other, "1.1", said(), revision=0, by=both, at=at, on=october)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)

    assert REPORT_LIFE.may(both, report, "submit", APRIL)


# Cookies in production


def production(**changed: str) -> dict[str, Any]:
    """Settings of the site as it is run in earnest, read by a process of its own."""
    names = ["DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECOND_STEP_DUTY"]
    names += ["SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SECURE_PROXY_SSL_HEADER"]
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    left_out = ("DJANGO_SETTINGS_MODULE", "ESAR_DEMO", "ESAR_DEBUG", "ESAR_DATABASE_URL")
    environment = {name: text for name, text in os.environ.items() if name not in left_out}
    completed = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code],
        cwd=ROOT,
        env=environment | {"ESAR_SECRET": "a-secret-of-the-test" * 3} | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(completed.stdout.splitlines()[-1]))


def test_cookies_of_a_site_in_earnest_never_go_over_a_plain_line(tmp_path: Path) -> None:
    assert production(ESAR_VAR=str(tmp_path)) == {
        "DEBUG": False,
        "DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECOND_STEP_DUTY": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }
