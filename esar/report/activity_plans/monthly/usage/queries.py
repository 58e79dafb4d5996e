"""What was used, month by month, with running totals and what was saved of the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from esar.kernel.wording import Word
from esar.law.rules.kinds import OrderedTopics
from esar.law.rules.numbers import EXACT, round_ratio
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Figure, Item, Missing
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import (
    bodies_of,
    office_code,
    sees_everything,
)
from esar.report.activity_plans.monthly.deadlines.queries import (
    DUTY_OF,
    ENERGY,
    due_day,
    law_of_month,
    months_of,
)
from esar.report.activity_plans.monthly.models import Usage

HUNDRED = Decimal(100)
ENTERERS = (Role.REPORTER, Role.APPROVER, Role.CENTRAL_OWNER)


@dataclass(frozen=True)
class Row:
    """One month of a thing. `entry` is None while nobody entered it, which is not zero.

    `used` and `baseline` run on from October over the months that were entered; `saved` is their
    saving in per cent, None without a baseline.
    """

    month: date
    due: date | None
    entry: Usage | None
    used: Decimal | None
    baseline: Decimal | None
    saved: Decimal | None

    def drawn(self, day: date) -> Figure:
        """What was used; else not due yet, not entered, or bound by no duty."""
        if self.entry is not None:
            return Decimal(self.entry.used)
        if self.due is None:
            return Missing.NONE
        return Missing.NOT_DUE if self.month > day else Missing.NOT_REPORTED

    def is_missing(self, day: date) -> bool:
        return self.entry is None and self.due is not None and self.due < day


@dataclass(frozen=True)
class Book:
    """A year of one thing, with the topic it belongs to and whether the saving is enough."""

    thing: str
    topic: OrderedTopics.Topic | None
    rows: list[Row]
    reaches: bool | None

    @property
    def last(self) -> Row | None:
        """The newest month that was entered: what it has come to."""
        return next((row for row in reversed(self.rows) if row.entry is not None), None)

    @property
    def has_baseline(self) -> bool:
        return DUTY_OF[Usage.Thing(self.thing)] != ENERGY

    def drawing(self, day: date) -> Bars:
        """Each month as a bar, and those without an entry by why they have none on a day."""
        items = [Item(Word(f"month-short.{row.month.month}"), row.drawn(day)) for row in self.rows]
        return bars(items, has_axis=True)


def visible_to(person: Any, body: Body, day: date) -> bool:
    """What a province used is for its own people, OPDC and the Prime Minister's office."""
    if sees_everything(person, day) or body.pk in bodies_of(person, day, *ENTERERS):
        return True
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    return Body.objects.filter(pk__in=offices, code=office_code("prime_minister")).exists()


def usage_of(body: Body, year: int) -> QuerySet[Usage]:
    return Usage.objects.filter(body=body, fiscal_year=year).select_related("by")


def books_of(body: Body, year: int) -> list[Book]:
    """The year's things, each with its months. One query."""
    by_thing: dict[str, dict[date, Usage]] = {}
    for usage in usage_of(body, year):
        by_thing.setdefault(usage.thing, {})[usage.month] = usage
    return [book_of(thing, by_thing.get(thing, {}), body, year) for thing in Usage.Thing.values]


def book_of(thing: str, entries: Mapping[date, Usage], body: Body, year: int) -> Book:
    """One thing's months with running totals; a duty that does not bind leaves `due` empty."""
    months, topic = months_of(year), topic_of(thing, body, year)
    rows: list[Row] = []
    seen: list[Usage] = []
    for month in months:
        entry = entries.get(month)
        seen += [entry] if entry else []
        due = due_day(year, body.kind, DUTY_OF[Usage.Thing(thing)], month)
        used, baseline = totals(seen)
        rows.append(Row(month, due, entry, used, baseline, saving(used, baseline)))
    used, baseline = totals(seen)
    return Book(thing, topic, rows, reaches(used, baseline, topic))


def topic_of(thing: str, body: Body, year: int) -> OrderedTopics.Topic | None:
    """The ordered topic that a thing belongs to, as the rules end the year."""
    law = law_of_month(year, body.kind, months_of(year)[-1])
    topic_id = "energy" if DUTY_OF[Usage.Thing(thing)] == ENERGY else thing
    topics = law.topics.value.topics if law and law.topics else ()
    return next((one for one in topics if one.id == topic_id), None)


def totals(entries: Iterable[Usage]) -> tuple[Decimal | None, Decimal | None]:
    """(used, baseline) in all; None where there is nothing to add."""
    used = baseline = None
    for entry in entries:
        used = EXACT.add(used or Decimal(0), entry.used)
        if entry.baseline is not None:
            baseline = EXACT.add(baseline or Decimal(0), entry.baseline)
    return used, baseline


def saving(used: Decimal | None, baseline: Decimal | None) -> Decimal | None:
    """(baseline − used) × 100 ÷ baseline of the running totals, to two decimals; less than 0 when
    more was used. None without a baseline. Never an average of per cents."""
    if used is None or not baseline:
        return None
    return round_ratio(EXACT.multiply(EXACT.subtract(baseline, used), HUNDRED), baseline, 2)


def reaches(
    used: Decimal | None, baseline: Decimal | None, topic: OrderedTopics.Topic | None
) -> bool | None:
    """Whether the saving is what the topic asks for at least, held against the exact figure."""
    if used is None or not baseline or topic is None or topic.saving_at_least is None:
        return None
    saved = EXACT.multiply(EXACT.subtract(baseline, used), HUNDRED)
    return saved >= EXACT.multiply(topic.saving_at_least, baseline)
