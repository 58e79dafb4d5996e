"""What the rulebook says of a plan of activities on one day, for one class of bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from esar.law.rules.book import Rule, Rulebook
from esar.law.rules.kinds import (
    ActivityForm,
    ActivityGroups,
    ActivityPlan,
    Deadline,
    OrderedTopics,
    Statement,
    Window,
)
from esar.law.rules.text import Text
from esar.platform.ui import books

KINDS: tuple[type[object], ...] = (ActivityPlan, ActivityGroups, OrderedTopics)


@dataclass(frozen=True)
class Law:
    """The rules of a plan as they bind on `day`. A rule that does not bind is None.

    `due` and `changes` are the deadline and the window that belong to the plan by their ids.
    """

    book: Rulebook
    day: date
    plan: Rule[ActivityPlan]
    form: Rule[ActivityForm]
    types: dict[str, Text]
    types_rule: Rule[Statement] | None
    groups: Rule[ActivityGroups] | None
    topics: Rule[OrderedTopics] | None
    due: Rule[Deadline] | None
    changes: Rule[Window] | None

    @property
    def months(self) -> list[date]:
        """The first day of each month that the plan's form has a column for."""
        months, month = [], self.form.value.first_month
        while month <= self.form.value.last_month:
            months.append(month)
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return months

    @property
    def topic_labels(self) -> dict[str, Text]:
        return {one.id: one.label for one in self.topics.value.topics} if self.topics else {}

    def rules(self) -> list[Rule[object]]:
        """Those whose amendment is told to the people of a plan."""
        rules: tuple[Rule[object] | None, ...] = (self.plan, self.groups, self.topics, self.due)
        return [rule for rule in rules if rule is not None]


def law_on(year: int, kind: str, day: date) -> Law | None:
    """The law of a plan; None where the year has no plan of activities for this class of bodies.

    A day after the year is held against the rules as the year ended.
    """
    book = books.book(year)
    if book is None:
        return None
    rules = book.on(day, kind)
    plan, form = rules.the(ActivityPlan), rules.the(ActivityForm)
    if plan is None or form is None:
        return None
    types = rules.get(f"{plan.id.rsplit('.', 1)[0]}.types", Statement)
    return Law(
        book,
        day,
        plan,
        form,
        {item.id: item.label for item in types.value.items} if types else {},
        types,
        rules.the(ActivityGroups),
        rules.the(OrderedTopics),
        rules.get(f"{plan.id}-due", Deadline),
        rules.get(f"{plan.id}-changes", Window),
    )


@cache
def plan_years() -> list[int]:
    """Fiscal years whose rules have a plan of activities for any class of bodies, newest first."""
    return [
        year
        for year in reversed(books.years())
        if (book := books.book(year)) is not None
        and any(one.kind is ActivityPlan for one in book.entries.values())
    ]


def years_with_plans(kind: str, day: date) -> list[int]:
    """Fiscal years that are not over and whose law of a plan binds already."""
    return [
        year
        for year in books.years()
        if (law := law_on(year, kind, day)) is not None and day <= law.book.year.last_day
    ]


def law_days(year: int, kind: str) -> list[date]:
    """The day on which the law of a plan was first issued, then those on which it changed."""
    book = books.book(year)
    if book is None:
        return []
    plan = next((e for e in book.entries.values() if e.kind is ActivityPlan), None)
    if plan is None or kind not in plan.bodies:
        return []
    ids = {e.id for e in book.entries.values() if e.kind in KINDS} | {f"{plan.id}-due"}
    days = {v.first_day for one in ids if one in book.entries for v in book.entries[one].versions}
    first = plan.versions[0].first_day
    return [first, *sorted(day for day in days if day > first)]


def amendment_days(year: int, kind: str) -> list[date]:
    """The days on which the law of a plan changed, its first issue not counted."""
    return law_days(year, kind)[1:]
