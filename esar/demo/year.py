"""A demo of fiscal year 2567 in the middle of its negotiation, made by the real actions.

Everything it makes is marked as demo. The figures are invented.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from esar.agree.indicators.models import TEMPLATE_FIELDS
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.demo.answers import demo_answers
from esar.platform.organisations.models import Body, Person

SAMPLE = "indicators-2567-demo.yaml"
YEAR = 2567
DAY = date(2023, 10, 10)


def make_demo_year(*, at: datetime) -> None:
    """Open the demo's scorecards that are missing."""
    rows = sample_rows()
    for code, reporter in (("TH-74", "demo-reporter"), ("DIT", "demo-reporter-dit")):
        body = Body.objects.get(code=code)
        if not Scorecard.objects.filter(body=body, fiscal_year=YEAR).exists():
            draft(body, rows[code], Person.objects.get(email=f"{reporter}@example.test"), at)
    proposed = Scorecard.objects.get(body__code="DIT", fiscal_year=YEAR)
    if proposed.state == "draft" and proposed.since == at:
        by = Person.objects.get(email="demo-reporter-dit@example.test")
        SCORECARD_LIFE.move(proposed, "propose", by=by, at=at, on=DAY)


def sample_rows() -> dict[str, Any]:
    """Body's code → the KPIs of its sample."""
    rows: dict[str, Any] = yaml.safe_load((settings.SAMPLES / SAMPLE).read_text("utf-8"))
    return rows


@transaction.atomic
def draft(body: Body, rows: Any, by: Person, at: datetime) -> Scorecard:
    """A demo scorecard with the sample's KPIs."""
    card = open_scorecard(body, YEAR, by=by, at=at, on=DAY, is_demo=True)
    _, rules = rules_of(card)
    partner = Body.objects.exclude(pk=body.pk).filter(parent=body.parent_id, kind=body.kind).first()
    partners = {partner.code: partner.name_th} if partner else None
    for row in rows:
        results = enumerate(row["results"], start=YEAR - len(row["results"]))
        texts = (
            dict.fromkeys(TEMPLATE_FIELDS, "")
            | {"accumulation": "last", "per": "100"}
            | {name: row[name] for name in ("name", "unit", "direction", "dimension")}
        )
        fields = texts | {
            "number": row["number"],
            "component": "performance",
            "kind": row["kind"],
            "answers": demo_answers(row["kind"], rules, partners),
            "weight": Decimal(row["weight"]),
            "targets": row["targets"],
            "method": "ladder",
            "evidence_plan": "รายงานผลรายเดือนพร้อมหลักฐาน (สาธิต)",
            "definition": f"{row['name']} ตามนิยามของหน่วยงานเจ้าภาพ (สาธิต)",
            "formula": "ผลรวมของปีงบประมาณ ตามวิธีของหน่วยงานเจ้าภาพ (สาธิต)",
            "data_source": body.name_th,
            "collection": "เก็บข้อมูลทุกเดือน",
            "owner": body.name_th,
            "baseline": [{"year": year, "value": value} for year, value in results],
        }
        save_kpi(card, fields, by=by, at=at, on=DAY)
    return card
