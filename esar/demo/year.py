"""The year that the demo is in: its scorecards are being negotiated. Made by the real actions.

The year before is over on the demo's day, so that it may have results. Everything is marked as
demo, and the figures are invented.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
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
from esar.demo.sittings import called, person, sit
from esar.platform.organisations.actions import end_role
from esar.platform.organisations.models import Appointment, Body, Person, Role

YEAR = 2568
DAY = date(2024, 11, 20)


# (body, the sample it takes its KPIs from, how far it is)
BODIES = (
    ("TH-74", "TH-74", "draft"),
    ("DIT", "DIT", "proposed"),
    ("TH-71", "TH-74", "submitted"),
    ("DFT", "DIT", "level2"),
    ("TH-72", "TH-74", "collect"),
    ("TH-70", "TH-74", "tabled"),
    ("TH-75", "TH-74", "left"),
)


def make_demo_year(*, at: datetime) -> None:
    """Open the demo's scorecards that are missing, and bring each as far as it is."""
    rows = sample_rows(YEAR)
    for code, sample, stage in BODIES:
        body = Body.objects.get(code=code)
        if not Scorecard.objects.filter(body=body, fiscal_year=YEAR).exists():
            _bring(body, rows[sample], stage, at)


@transaction.atomic
def _bring(body: Body, rows: Any, stage: str, at: datetime) -> None:
    of: dict[str, Any] = {"at": at, "on": DAY}
    reporter, approver = (
        Appointment.objects.get(body=body, role=role).person
        for role in (Role.REPORTER, Role.APPROVER)
    )
    card = draft(body, YEAR, rows, by=reporter, **of)
    if stage == "draft":
        return
    if stage == "left":  # whoever wrote it has gone: it waits for who appoints another
        own = Appointment.objects.get(body=body, person=reporter)
        end_role(own, by=person("administrator"), reason="ย้ายไปหน่วยงานอื่น (สาธิต)", **of)
        return
    SCORECARD_LIFE.move(card, "propose", by=reporter, **of)
    if stage == "proposed":
        return
    SCORECARD_LIFE.move(card, "submit", by=approver, **of)
    is_province = body.kind == Body.Kind.PROVINCE
    if stage == "submitted":
        return
    sit("L1-P" if is_province else "L1-D", card, "opinion", **of)
    if stage == "tabled":
        called("L2-P", card, held_at=at + timedelta(days=6), **of)
    if stage == "collect":
        sit("L2-P", card, "approve", **of)


def sample_rows(year: int) -> dict[str, Any]:
    """Body's code → the KPIs of its sample."""
    path = settings.SAMPLES / f"indicators-{year}-demo.yaml"
    rows: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return rows


@transaction.atomic
def draft(body: Body, year: int, rows: Any, *, by: Person, at: datetime, on: date) -> Scorecard:
    """A demo scorecard with the sample's KPIs."""
    card = open_scorecard(body, year, by=by, at=at, on=on, is_demo=True)
    _, rules = rules_of(card)
    partner = Body.objects.exclude(pk=body.pk).filter(parent=body.parent_id, kind=body.kind).first()
    partners = {partner.code: partner.name_th} if partner else None
    for row in rows:
        results = enumerate(row["results"], start=year - len(row["results"]))
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
            "baseline": [{"year": past, "value": value} for past, value in results],
        }
        save_kpi(card, fields, by=by, at=at, on=on)
    return card
