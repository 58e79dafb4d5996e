"""The demo's year that is over, of two bodies: in force, reported, and under assessment.

Their first round is assessed and released; of the last one, one report waits for the preliminary
assessment and the other for the minister. Made by the real actions on the days of that year;
everything is marked as demo.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.demo.sittings import moment, person, sit
from esar.demo.year import draft, sample_rows
from esar.judge.assessments.actions import declare
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.platform.evidence.actions import receive
from esar.platform.organisations.models import Body, Person
from esar.report.central_data.actions import check_file
from esar.report.central_data.data_sets.queries import data_sets
from esar.report.central_data.life import DELIVERY_LIFE
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.objections.actions import object_to
from esar.report.reports import writing
from esar.report.reports.content import Line, sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report

RESULTS = "national-2567-demo.json"
YEAR = 2567
AGREED = date(2023, 10, 10)
FIRST, LAST = "6m", "12m"
REPORTED = {FIRST: date(2024, 4, 18), LAST: date(2024, 10, 28)}
DELIVERED = date(2024, 10, 21)
ASSESSED = {FIRST: date(2024, 5, 20), LAST: date(2024, 11, 13)}

# (body, its demo accounts, the sample it takes its KPIs from, its committees, who assesses it and
# how many of them have passed on its last report)
BODIES = (
    ("TH-73", "73", "TH-74", ("L1-P", "L2-P"), ("assessor", "interior", "prime"), 0),
    ("DBD", "dbd", "DIT", ("L1-D", "L2-MOC"), ("assessor", "minister", "prime"), 1),
)
DECLARED: dict[str, Any] = {"declared": True, "acknowledged": True}


def make_assessed_year() -> None:
    """Bring the scorecards that are missing from proposal to assessment."""
    rows = sample_rows(YEAR)
    if not Delivery.objects.filter(fiscal_year=YEAR).exists():
        _deliver()
    for code, account, sample, committees, assessors, passed in BODIES:
        body = Body.objects.get(code=code)
        if Scorecard.objects.filter(body=body, fiscal_year=YEAR).exists():
            continue
        card = _in_force(body, account, rows[sample], committees)
        assessment = _sent(card, account, FIRST)
        _pass_on(assessment, assessors, FIRST)
        on = ASSESSED[FIRST]
        results = Result.objects.filter(assessment=assessment)
        release(results, by=person("analyst"), at=moment(on), on=on)
        _pass_on(_sent(card, account, LAST), assessors[:passed], LAST)
    _object(person("reporter-73"))


def _in_force(body: Body, account: str, rows: Any, committees: tuple[str, str]) -> Scorecard:
    """Its reports are made by that."""
    at, on = moment(AGREED), AGREED
    reporter, analyst = person(f"reporter-{account}"), person("analyst")
    card = draft(body, YEAR, rows, by=reporter, at=at, on=on)
    SCORECARD_LIFE.move(card, "propose", by=reporter, at=at, on=on)
    SCORECARD_LIFE.move(card, "submit", by=person(f"approver-{account}"), at=at, on=on)
    for code, outcome in zip(committees, ("opinion", "approve"), strict=True):
        sit(code, card, outcome, at=at, on=on)
    SCORECARD_LIFE.move(card, "collect", by=analyst, at=at, on=on)
    sit("SUB", card, "acknowledge", at=at, on=on)
    SCORECARD_LIFE.move(card, "inform", by=analyst, at=at, on=on)
    return card


def _sent(card: Scorecard, account: str, round_id: str) -> Assessment:
    """The round's report, each KPI with a result, words and a file, sent in on time."""
    on = REPORTED[round_id]
    reporter, at = person(f"reporter-{account}"), moment(on)
    report = Report.objects.get(scorecard=card, round_id=round_id)
    for place, line in enumerate(sheet_of(report).due):
        if line.central is None:
            _claim(report, line, place, by=reporter, at=at, on=on)
    REPORT_LIFE.move(report, "propose", by=reporter, at=at, on=on)
    REPORT_LIFE.move(report, "submit", by=person(f"approver-{account}"), at=at, on=on, **DECLARED)
    return Assessment.objects.get(report=report)


def _claim(report: Report, line: Line, place: int, *, by: Person, at: datetime, on: date) -> None:
    """One of its three targets as what was reached, by turns."""
    typed = {
        "status": "reported",
        "actual": Decimal(line.kpi.targets[place % len(line.kpi.targets)]),
        "why": "",
        "did": "ดำเนินการตามแผนครบทุกกิจกรรม (สาธิต)",
        "factors": "ความร่วมมือของหน่วยงานในพื้นที่ (สาธิต)",
        "obstacles": "",
        "suggestions": "",
    }
    of: dict[str, Any] = {"by": by, "at": at}
    writing.save_claim(report, line.number, typed, revision=0, on=on, **of)
    body = report.scorecard.body.code
    words = f"หลักฐานสาธิตของ {body} ตัวชี้วัดที่ {line.number} รอบ {report.round_id}\n"
    receive(
        SimpleUploadedFile("หลักฐานสาธิต.txt", words.encode()),
        subject=f"demo:{report.pk}",
        then=partial(writing.attach, report, line.number, on=on, **of),
        **of,
    )


def _deliver() -> None:
    """The points that OPDC gives for the year: those that the sample's results were scored with."""
    on = DELIVERED
    of: dict[str, Any] = {"by": person("owner"), "at": moment(on), "on": on}
    cards = json.loads((settings.SAMPLES / RESULTS).read_text("utf-8"))
    for data_set in data_sets(YEAR):
        component = data_set.rule.value.component
        lines = ["รหัสหน่วยงาน,ชื่อหน่วยงาน,ค่า,เหตุที่ไม่มีข้อมูล"]
        for card in cards:
            points = (kpi["score"] for kpi in card["kpis"] if kpi["component"] == component)
            lines += [f"{card['code']},,{score}," for score in points]
        file = ContentFile("\n".join(lines).encode(), name="ค่าของปีสาธิต.csv")
        delivery = check_file(file, YEAR, data_set.round_id, data_set.rule_id, **of)
        DELIVERY_LIFE.move(delivery, "publish", partial=bool(delivery.problems), **of)


def _object(reporter: Person) -> None:
    """One of the bodies says that a value is not right; its owner is to answer."""
    value = CentralValue.objects.filter(body__code="TH-73").order_by("pk")[0]
    on = REPORTED[LAST]
    if not Objection.objects.filter(central_value=value).exists():
        words = "คะแนนที่ประกาศไม่รวมบริการอิเล็กทรอนิกส์สองรายการ (สาธิต)"
        object_to(value, words, by=reporter, at=moment(on), on=on)


def _pass_on(assessment: Assessment, accounts: tuple[str, ...], round_id: str) -> None:
    on = ASSESSED[round_id]
    for account in accounts:
        of: dict[str, Any] = {"by": person(account), "at": moment(on), "on": on}
        declare(assessment, has_conflict=False, detail="", **of)
        ASSESSMENT_LIFE.move(assessment, "pass_on", **of)
