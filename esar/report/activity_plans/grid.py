"""A plan as a grid from October to September: to be shown, printed, written in and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esar.kernel.problems import Problem, Refused
from esar.law.rules.text import Text
from esar.report.activity_plans.content import totals
from esar.report.activity_plans.frozen import PlanContent, PlannedActivity
from esar.report.activity_plans.law import Law

FIELDS = ("name", "type", "topic", "office")  # of an activity, beside its months
MARKS = ("", "s", "o", "so")  # nothing, a start ●, an output ○, both
SIGNS = {"": "", "s": "●", "o": "○", "so": "●○"}


@dataclass(frozen=True)
class Cell:
    """One month of one activity. `was` is its mark before a change, None where none is shown."""

    month: date
    mark: str
    what: str = ""
    was: str | None = None

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def sign(self) -> str:
        return SIGNS[self.mark]

    @property
    def old_sign(self) -> str:
        return SIGNS[self.was or ""]

    @property
    def code(self) -> str:
        return f"plan-mark.{self.mark or 'none'}"

    @property
    def old_code(self) -> str:
        return f"plan-mark.{self.was or 'none'}"

    @property
    def differs(self) -> bool:
        return self.was is not None and self.was != self.mark


@dataclass(frozen=True)
class Row:
    """One activity; `activity` is its part of the content."""

    activity: PlannedActivity
    cells: tuple[Cell, ...]
    type_label: Text | None
    topic_label: Text | None
    old: PlannedActivity | None = None

    @property
    def number(self) -> int:
        return self.activity.number

    @property
    def outputs(self) -> list[Cell]:
        return [cell for cell in self.cells if "o" in cell.mark]

    @property
    def start(self) -> Cell | None:
        return next((cell for cell in self.cells if "s" in cell.mark), None)

    @property
    def changed(self) -> list[str]:
        """The names of what differs from before, the months aside."""
        if self.old is None:
            return []
        return [
            key
            for key in ("name", "type", "topic", "office")
            if getattr(self.old, key) != getattr(self.activity, key)
        ]

    @property
    def what_changed(self) -> list[tuple[Cell, str]]:
        """Outputs that stay in their month and are described otherwise, with the old words."""
        before = {output.month: output.what for output in self.old.outputs} if self.old else {}
        return [
            (cell, before[cell.key])
            for cell in self.outputs
            if cell.key in before and before[cell.key] != cell.what
        ]

    @property
    def differs(self) -> bool:
        return bool(self.changed or self.what_changed or any(cell.differs for cell in self.cells))


@dataclass(frozen=True)
class Grid:
    rows: tuple[Row, ...]
    months: list[date]
    totals: list[int]
    law: Law
    old_totals: list[int] | None = None

    @property
    def by_month(self) -> list[tuple[date, int, int | None]]:
        """(month, its outputs, and those before where a change is shown and they differ)."""
        before = self.old_totals or self.totals
        return [
            (month, now, old if old != now else None)
            for month, now, old in zip(self.months, self.totals, before, strict=True)
        ]

    @property
    def planned(self) -> int:
        return sum(self.totals)


def grid(
    content: PlanContent, law: Law, *, at_least: int = 0, old: PlanContent | None = None
) -> Grid:
    """The grid of a content, with empty rows up to `at_least`; beside `old` when it is given."""
    activities = list(content.activities)
    before = old.by_number() if old else {}
    row_count = (
        max(len(activities), at_least, *before.keys()) if before else max(len(activities), at_least)
    )
    activities += [PlannedActivity(number) for number in range(len(activities) + 1, row_count + 1)]
    rows = tuple(
        _row(
            one,
            law,
            None if old is None else before.get(one.number, PlannedActivity(one.number)),
        )
        for one in activities
    )
    old_totals = totals(old, law.months) if old else None
    return Grid(rows, law.months, totals(content, law.months), law, old_totals)


def _row(activity: PlannedActivity, law: Law, old: PlannedActivity | None) -> Row:
    cells = tuple(
        Cell(
            month,
            _mark(activity, month),
            _what(activity, month),
            None if old is None else _mark(old, month),
        )
        for month in law.months
    )
    labels = law.types.get(activity.type), law.topic_labels.get(activity.topic)
    return Row(activity, cells, *labels, old)


def _mark(activity: PlannedActivity, month: date) -> str:
    key = f"{month:%Y-%m}"
    starts = "s" if activity.start == key else ""
    return starts + ("o" if any(one.month == key for one in activity.outputs) else "")


def _what(activity: PlannedActivity, month: date) -> str:
    key = f"{month:%Y-%m}"
    return next((one.what for one in activity.outputs if one.month == key), "")


def read(post: Mapping[str, str], law: Law) -> dict[str, Any]:
    """The content that a form of the grid holds. Errors: Refused for a form that is not whole."""
    rows = post.get("rows", "")
    if not rows.isascii() or not rows.isdigit() or len(rows) > 2:
        raise Refused([Problem("plan.not_a_form")])
    return {"activities": [_read_row(post, number, law) for number in range(1, int(rows) + 1)]}


def _read_row(post: Mapping[str, str], number: int, law: Law) -> dict[str, Any]:
    keys = [f"{month:%Y-%m}" for month in law.months]
    marks = {key: post.get(f"cell-{number}-{key}", "") for key in keys}
    fields = {
        name: post.get(f"{name}-{number}", "") for name in ("name", "type", "topic", "office")
    }
    return fields | {
        "start": next((key for key in keys if "s" in marks[key]), None),
        "outputs": [
            {"month": key, "what": post.get(f"what-{number}-{key}", "")}
            for key in keys
            if "o" in marks[key]
        ],
    }


def rearranged(raw: dict[str, Any], wish: str) -> dict[str, Any]:
    """The rows after "up-3", "down-3" or "remove-3", which a page without scripts asks for."""
    activities = list(raw["activities"])
    act, _, number = wish.partition("-")
    place = int(number) - 1 if number.isascii() and number.isdigit() else -1
    neighbour = {"up": place - 1, "down": place + 1}.get(act, place)
    if not (0 <= place < len(activities) and 0 <= neighbour < len(activities)):
        return raw
    if act == "remove":
        del activities[place]
    else:
        activities[place], activities[neighbour] = activities[neighbour], activities[place]
    return {"activities": activities}
