"""Invented papers of bodies that evaluate themselves, as far as the demo's day has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from esar.demo.nation_plan import YEAR
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Body
from esar.report.self_evaluations.models import SelfEvaluation
from esar.report.self_evaluations.queries import evaluate_themselves, rule_of
from esar.report.self_evaluations.states import ASKED, CHECKED, PUT, RECEIVED

# total, scale and grade: each body has a scale and words of its own
OUTCOMES = (("4.4120", "5", "ดีมาก"), ("92.5", "100", "ระดับคุณภาพ"), ("3.9850", "5", "ดี"))


@dataclass(frozen=True)
class Story:
    """On which days a body's papers came, were looked through and put to the Prime Minister."""

    received_on: date
    checked_on: date
    put_on: date

    def steps(self, day: date) -> list[tuple[str, str]]:
        """What has happened by a day: each move with the state that it led to."""
        moves = (
            ("take_in", RECEIVED, self.received_on),
            ("check", CHECKED, self.checked_on),
            ("put", PUT, self.put_on),
        )
        return [("asked", ASKED), *((move, state) for move, state, on in moves if on <= day)]


# Three are through by the middle of November, one follows, the papers of the last come late.
STORIES = (
    *[Story(date(2024, 11, 4), date(2024, 11, 8), date(2024, 11, 18))] * 3,
    Story(date(2024, 11, 11), date(2024, 11, 15), date(2024, 12, 2)),
    Story(date(2024, 11, 19), date(2024, 11, 25), date(2024, 12, 2)),
)


def make_demo_self_evaluations(*, at: datetime) -> int:
    """The year's, each once, as of the day of `at`; again changes nothing. How many there are."""
    rule, day = rule_of(YEAR), timezone.localdate(at)
    bodies = evaluate_themselves(YEAR).order_by("code") if rule else ()
    there = set(SelfEvaluation.objects.filter(fiscal_year=YEAR).values_list("body", flat=True))
    rows, happened = [], []
    for place, body in enumerate(bodies):
        if body.pk in there:
            continue
        story = STORIES[place % len(STORIES)]
        steps = story.steps(day)
        states = [state for _move, state in steps]
        row = SelfEvaluation(
            body=body,
            fiscal_year=YEAR,
            round_id="12m",
            state=states[-1],
            since=at,
            is_demo=True,
            put_on=story.put_on if PUT in states else None,
            **(_papers(place, story, body) if RECEIVED in states else {}),
        )
        rows.append(row)
        happened += [(f"self_evaluation.{move}", row, body.code) for move, _state in steps]
    SelfEvaluation.objects.bulk_create(rows)
    record_many(happened, by=None, at=at)
    return len(there) + len(rows)


def _papers(place: int, story: Story, body: Body) -> dict[str, Any]:
    """What came by letter."""
    total, scale, grade = OUTCOMES[place % len(OUTCOMES)]
    return {
        "frame": "แนวทางที่นำไปประยุกต์ใช้ (ข้อมูลสาธิต)",
        "evaluators": "คณะผู้ประเมินอิสระ (ข้อมูลสาธิต)",
        "total": Decimal(total),
        "scale": Decimal(scale),
        "grade": grade,
        "letter": f"ที่ สาธิต/{place + 1} ({body.abbr_th or body.code})",
        "letter_day": story.received_on,
        "received_on": story.received_on,
    }
