"""Invented papers of bodies that evaluate themselves: put to the Prime Minister, marked demo."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from esar.demo.nation_plan import YEAR
from esar.platform.history.actions import record_many
from esar.report.self_evaluations.models import SelfEvaluation
from esar.report.self_evaluations.queries import evaluate_themselves, rule_of
from esar.report.self_evaluations.states import PUT

RECEIVED_ON, PUT_ON = date(2024, 11, 4), date(2024, 11, 18)
# total, scale and grade: each body has a scale and words of its own
OUTCOMES = (("4.4120", "5", "ดีมาก"), ("92.5", "100", "ระดับคุณภาพ"), ("3.9850", "5", "ดี"))


def make_demo_self_evaluations(*, at: datetime) -> int:
    """The year's, each once; again changes nothing. How many there are."""
    rule = rule_of(YEAR)
    bodies = evaluate_themselves(YEAR).order_by("code") if rule else ()
    there = set(SelfEvaluation.objects.filter(fiscal_year=YEAR).values_list("body", flat=True))
    rows = []
    for place, body in enumerate(bodies):
        if body.pk in there:
            continue
        total, scale, grade = OUTCOMES[place % len(OUTCOMES)]
        rows.append(
            SelfEvaluation(
                body=body,
                fiscal_year=YEAR,
                round_id="12m",
                frame="แนวทางที่นำไปประยุกต์ใช้ (ข้อมูลสาธิต)",
                evaluators="คณะผู้ประเมินอิสระ (ข้อมูลสาธิต)",
                total=Decimal(total),
                scale=Decimal(scale),
                grade=grade,
                letter=f"ที่ สาธิต/{place + 1}",
                letter_day=RECEIVED_ON,
                received_on=RECEIVED_ON,
                put_on=PUT_ON,
                state=PUT,
                since=at,
                is_demo=True,
            )
        )
    SelfEvaluation.objects.bulk_create(rows)
    events = [("self_evaluation.put", row, row.body.code) for row in rows]
    record_many(events, by=None, at=at)
    return len(there) + len(rows)
