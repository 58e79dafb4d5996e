"""Bodies that evaluate themselves, with their papers, made by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from esar.platform.evidence import actions as files
from esar.platform.evidence.models import StoredFile
from esar.platform.organisations.models import Body, Person, Role
from esar.report.self_evaluations import actions
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.models import SelfEvaluation, SelfEvaluationPaper
from tests.exchange.inspection.good import pdf
from tests.make import person
from tests.show.public.make import department, ministry

NOVEMBER = date(2024, 11, 12)
AT = datetime(2024, 11, 12, 3, 0, tzinfo=UTC)
PAPERS: dict[str, Any] = {
    "frame": "แนวทางการประเมินของหน่วยงาน",
    "evaluators": "คณะผู้ประเมินอิสระ ก\nคณะผู้ประเมินอิสระ ข",
    "total": Decimal("4.5"),
    "scale": Decimal(5),
    "grade": "ดีมาก",
    "letter": "ที่ กห 0201/1",
    "letter_day": date(2024, 11, 1),
}


def army(code: str = "RTA") -> Body:
    """A department of the Ministry of Defence, which OPDC evaluates from 2568 on."""
    ministry("MOD")
    body = department(code, f"หน่วยทดสอบ {code}", "MOD")
    Body.objects.filter(pk=body.pk).update(evaluated_from=date(2024, 10, 1))
    return Body.objects.get(pk=body.pk)


def attach(thing: SelfEvaluation, by: Person, name: str = "รายงาน.pdf") -> None:
    """Put a document to the papers, as the page does."""

    def then(stored: StoredFile, name: str) -> SelfEvaluationPaper:
        return actions.attach(thing, stored, name, by=by, at=AT, on=NOVEMBER)

    files.receive(SimpleUploadedFile(name, pdf()), subject="test", by=by, at=AT, then=then)


class Army:
    """A body that evaluates itself, its people, and those of OPDC and of the Prime Minister."""

    def __init__(self) -> None:
        self.body = army()
        self.office = ministry("PMO")
        self.reporter = person("rta-reporter", (Role.REPORTER, self.body))
        self.approver = person("rta-approver", (Role.APPROVER, self.body))
        self.clerk = person("opdc-clerk", (Role.ANALYST, None))
        self.analyst = person("opdc-analyst", (Role.ANALYST, None))
        self.prime_minister = person("pm-office", (Role.MINISTERS_OFFICE, self.office))

    def asked(self, year: int = 2567, round_id: str = "12m") -> SelfEvaluation:
        actions.ask(year, round_id, [self.body], by=self.clerk, at=AT, on=NOVEMBER)
        return SelfEvaluation.objects.get(body=self.body, fiscal_year=year, round_id=round_id)

    def filled(self, by: Person | None = None, **more: Any) -> SelfEvaluation:
        thing = self.asked()
        writer = by or self.reporter
        actions.fill(thing, PAPERS | more, by=writer, at=AT, on=NOVEMBER)
        attach(thing, writer)
        thing.refresh_from_db()
        return thing

    def put(self) -> SelfEvaluation:
        thing = move(self.filled(), "send", self.approver)
        return move(move(thing, "check", self.analyst), "put", self.analyst)


def move(thing: SelfEvaluation, name: str, by: Person, reason: str = "") -> SelfEvaluation:
    SELF_EVALUATION_LIFE.move(thing, name, by=by, at=AT, on=NOVEMBER, reason=reason)
    return thing
