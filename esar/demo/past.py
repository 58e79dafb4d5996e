"""Two past regimes to try in the demo: a plan of activities of 2561 and an agreement of 2554.

Made by the real actions on the days of those years, for the province of the `-73` accounts;
everything is marked as demo, and every figure is invented.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from esar.agree.agreements.actions import save_action_plan, sign
from esar.agree.indicators.models import TEMPLATE_FIELDS
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.checks import rules_of, signers_of
from esar.agree.scorecards.kpi_forms import form_of_kind
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.demo.answers import demo_answers
from esar.demo.sittings import moment, person, sit
from esar.platform.evidence.actions import receive
from esar.platform.organisations.models import Body
from esar.report.activity_plans import actions as plans
from esar.report.activity_plans.life import PLAN_LIFE
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly import actions as months
from esar.report.activity_plans.monthly.life import MONTH_LIFE
from esar.report.activity_plans.monthly.queries import report_on

BODY = "TH-73"
PLAN_YEAR, AGREEMENT_YEAR = 2561, 2554
PLAN_SENT = date(2017, 10, 16)
REPORTED = ("2017-12", "2018-01")  # the months of the plan that are reported on
PROPOSED, NEGOTIATED, SIGNED = date(2010, 9, 10), date(2010, 9, 27), date(2010, 11, 15)

Json = dict[str, Any]


def sample_plan() -> Json:
    """The Legal Execution Department's plan of the briefing, as a plan's content.

    What the document leaves open is filled in: type 4 and the words of the outputs.
    """
    path = settings.SAMPLES / "legal-execution-2561.json"
    activities = json.loads(path.read_text("utf-8"))["kpis"][0]["activities"]
    return {
        "activities": [
            {
                "number": int(one["id"]),
                "name": one["name"],
                "type": one["type"] or "4",
                "topic": "",
                "start": one["start"],
                "office": "สำนักงานจังหวัด",
                "outputs": [
                    {"month": output["month"], "what": f"ผลผลิตของเรื่องที่ {one['id']}"}
                    for output in one["outputs"]
                ],
            }
            for one in activities
        ]
    }


@transaction.atomic
def make_demo_past() -> None:
    """Make what is missing of both years."""
    body = Body.objects.get(code=BODY)
    if not Plan.objects.filter(body=body, fiscal_year=PLAN_YEAR).exists():
        _plan(body)
    for year, make in ((PLAN_YEAR, _scorecard_of_points), (AGREEMENT_YEAR, _agreement)):
        if not Scorecard.objects.filter(body=body, fiscal_year=year).exists():
            make(body)


def _plan(body: Body) -> None:
    """A plan in force, with the reports on some of its months."""
    reporter, approver = person("reporter-73"), person("approver-73")
    at, on = moment(PLAN_SENT), PLAN_SENT
    plan = plans.open_plan(body, PLAN_YEAR, by=reporter, at=at, on=on, is_demo=True)
    raw, revision = sample_plan(), plan.revision
    plan = plans.save_plan(plan, raw, revision=revision, by=reporter, at=at, on=on)
    PLAN_LIFE.move(plan, "propose", by=reporter, at=at, on=on)
    PLAN_LIFE.move(plan, "submit", by=approver, at=at, on=on)
    for month in REPORTED:
        _report(plan, date.fromisoformat(f"{month}-01"))


def _report(plan: Plan, month: date) -> None:
    """Everything planned for the month came, with a file that says so, in the first week after."""
    reporter, approver = person("reporter-73"), person("approver-73")
    on = date(month.year + month.month // 12, month.month % 12 + 1, 5)
    at = moment(on)
    reported: list[dict[str, Any]] = [
        {
            "number": one.number,
            "progress": "ดำเนินการตามแผน (สาธิต)",
            "outputs": [
                {"month": each.month, "done": True}
                for each in one.outputs
                if each.month == f"{month:%Y-%m}"
            ],
        }
        for one in plan.planned.activities
    ]
    reported = [one for one in reported if one["outputs"]]
    raw = {"activities": reported}
    revision = report_on(plan, month).revision
    report = months.save_month(plan, month, raw, revision=revision, by=reporter, at=at, on=on)
    name = "หลักฐานสาธิต.txt"
    for activity in reported:
        words = f"หลักฐานสาธิตของเรื่องที่ {activity['number']} เดือน {month:%Y-%m}"
        receive(
            SimpleUploadedFile(name, words.encode()),
            subject=f"demo:{month}",
            by=reporter,
            at=at,
            then=partial(months.attach, plan, month, activity["number"], by=reporter, at=at, on=on),
        )
    MONTH_LIFE.move(report, "propose", by=reporter, at=at, on=on)
    MONTH_LIFE.move(report, "submit", by=approver, at=at, on=on)


def _kpi(number: str, name: str, component: str, kind: str, **more: Any) -> Json:
    texts = dict.fromkeys(TEMPLATE_FIELDS, "") | {
        "name": name,
        "method": "ladder",
        "unit": "ร้อยละ",
        "direction": "higher",
        "accumulation": "last",
        "per": "100",
        "definition": f"{name} (สาธิต)",
        "formula": "ผลที่ได้ ÷ เป้าหมาย × 100",
        "data_source": "สำนักงานจังหวัด",
        "collection": "รายเดือน",
        "owner": "สำนักงานจังหวัด (สาธิต)",
        "baseline": [],
    }
    kpi_fields: dict[str, Any] = {
        "number": number,
        "component": component,
        "kind": kind,
        "weight": None,
        "targets": [],
        "evidence_plan": "รายงานพร้อมหลักฐาน (สาธิต)",
    }
    return texts | kpi_fields | more


def _scorecard_of_points(body: Body) -> None:
    """2561: KPIs whose points OPDC gives, an innovation, and the plan that the rules put on it."""
    reporter, at, on = person("reporter-73"), moment(PLAN_SENT), PLAN_SENT
    card = open_scorecard(body, PLAN_YEAR, by=reporter, at=at, on=on, is_demo=True)
    _, rules = rules_of(card)
    quarters = ["3", "3", "3", "3"]
    for number, name, component, kind, unit, targets in (
        ("2.1", "การดำเนินการตามข้อสั่งการ", "agenda", "kind.orders", "ร้อยละ", ["90"]),
        ("3.1", "รายได้จากการท่องเที่ยวของจังหวัด", "area", "kind.area", "ล้านบาท", ["1200"]),
        ("4.1", "ศูนย์บริการเคลื่อนที่", "innovation", "kind.innovation.service", "ครั้ง", ["24"]),
        ("5.1", "แผนยุทธศาสตร์ชาติ", "potential", "kind.strategy-plan", "แผน", ["1"]),
        ("5.2", "ผลผลิตรายไตรมาส", "potential", "kind.quarter-outputs", "ผลผลิต", quarters),
    ):
        form = form_of_kind(kind, rules)
        answers = demo_answers(kind, rules)
        how = form.value.accumulation if form else "last"
        more = {"method": "given", "unit": unit, "accumulation": how, "targets": targets}
        kpi = _kpi(number, name, component, kind, **more, answers=answers)
        save_kpi(card, kpi, by=reporter, at=at, on=on)
    _send(card, at, on)
    SCORECARD_LIFE.move(card, "collect", by=person("analyst"), at=at, on=on)


def _agreement(body: Body) -> None:
    """2554: a KPI of the province's own, so that its committee negotiates; signed by everyone."""
    reporter, analyst = person("reporter-73"), person("analyst")
    at, on = moment(PROPOSED), PROPOSED
    card = open_scorecard(body, AGREEMENT_YEAR, by=reporter, at=at, on=on, is_demo=True)
    targets = ["60", "65", "70", "75", "80"]
    for number, name, component, kind, weight in (
        ("1.1", "รายได้จากสินค้าเกษตรปลอดภัย", "effectiveness", "kind.action-plan", "50"),
        ("2.1", "ความพึงพอใจของผู้รับบริการ", "service-quality", "kind.compulsory.service", "20"),
        ("3.1", "การรักษามาตรฐานระยะเวลา", "efficiency", "kind.compulsory.efficiency", "10"),
        ("4.1", "การพัฒนาองค์การ", "organisation", "kind.compulsory.organisation", "20"),
    ):
        kpi = _kpi(number, name, component, kind, weight=Decimal(weight), targets=targets)
        save_kpi(card, kpi, by=reporter, at=at, on=on)
    words = {
        "vision": "เมืองเกษตรปลอดภัย (สาธิต)",
        "issues": "1. เกษตรปลอดภัย\n2. การท่องเที่ยว",
        "aims": "รายได้ของเกษตรกรเพิ่มขึ้น",
    }
    save_action_plan(card, words, by=reporter, at=at, on=on)
    _send(card, at, on)
    at, on = moment(NEGOTIATED), NEGOTIATED
    SCORECARD_LIFE.move(card, "collect", by=analyst, at=at, on=on)
    sit("NEG-P", card, "approve", at=at, on=on)
    at, on = moment(SIGNED), SIGNED
    for role in signers_of(card):
        by = person("approver-73")
        sign(card, name=f"{role} (สาธิต)"[:200], signed_on=on, by=by, at=at, on=on)
    SCORECARD_LIFE.move(card, "sign", by=analyst, at=at, on=on)


def _send(card: Scorecard, at: datetime, on: date) -> None:
    SCORECARD_LIFE.move(card, "propose", by=person("reporter-73"), at=at, on=on)
    SCORECARD_LIFE.move(card, "submit", by=person("approver-73"), at=at, on=on)
