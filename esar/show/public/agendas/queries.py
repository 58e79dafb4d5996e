"""What the pages of the agendas show: gauges, stages of the chain, who holds what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from esar.agree.agendas.checks import shortfall
from esar.agree.agendas.models import Holder, MainIndicatorValue, SubIndicator
from esar.agree.agendas.queries import (
    COLUMNS,
    agenda_of,
    agendas_of,
    column_of,
    holders_on,
    key_of,
    sub_indicators_on,
    values_of,
)
from esar.kernel.problems import Problem
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda, Item, JointCounts
from esar.law.rules.text import Text
from esar.law.rules.years import FiscalYear
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import figure_of
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.report.outside_results.queries import DueResult

QUARTERS = 4


@dataclass(frozen=True)
class Gauge:
    """A main indicator against its target; more is better for each of them."""

    label: Text
    target: Decimal | None
    unit: Text
    values: Sequence[MainIndicatorValue] = ()

    @property
    def newest(self) -> MainIndicatorValue | None:
        return self.values[-1] if self.values else None

    @property
    def is_reached(self) -> bool:
        if self.newest is None or self.target is None:
            return False
        return self.newest.value >= self.target

    def drawing(self) -> Bullet:
        """The newest value against the target, where one is set."""
        targets = [] if self.target is None else [self.target]
        return bullet(targets, figure_of(self.newest.value if self.newest else None))

    @property
    def quarters(self) -> list[MainIndicatorValue | None]:
        """A value for each quarter of the year."""
        by_quarter = {row.quarter: row for row in self.values}
        return [by_quarter.get(quarter) for quarter in range(1, QUARTERS + 1)]


@dataclass
class StageView:
    """A stage of an agenda's chain with its sub-indicators."""

    item: Item
    subs: list[SubIndicator]
    bodies: int


@dataclass
class AgendaView:
    """An agenda on a day: its gauges, its sub-indicators and who holds them."""

    rule: Rule[Agenda]
    day: date
    gauges: list[Gauge]
    subs: list[SubIndicator] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)

    @property
    def key(self) -> str:
        return key_of(self.rule)

    @property
    def targets_count(self) -> int:
        return len(self.rule.value.national_targets)

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """The classes of bodies, each with how many of them hold something. No query."""
        columns = Counter(column_of(body, self.day) for body in self._bodies)
        return [(name, columns[name]) for name in COLUMNS]

    @cached_property
    def _bodies(self) -> set[Body]:
        return {holder.body for holder in self.holders}

    @property
    def bodies(self) -> int:
        return len(self._bodies)

    @cached_property
    def holders_of(self) -> dict[int, list[Holder]]:
        by_sub: dict[int, list[Holder]] = {}
        for holder in self.holders:
            by_sub.setdefault(holder.sub_indicator_id, []).append(holder)
        return by_sub

    def stages(self) -> Iterator[StageView]:
        for item in self.rule.value.stages:
            subs = [sub for sub in self.subs if sub.stage == item.id]
            bodies = {holder.body_id for sub in subs for holder in self.holders_of.get(sub.pk, ())}
            yield StageView(item, subs, len(bodies))

    def targets(self) -> Iterator[tuple[Item, int]]:
        """The national targets, each with how many sub-indicators serve it."""
        counts = Counter(sub.national_target for sub in self.subs)
        for item in self.rule.value.national_targets:
            yield item, counts[item.id]

    def warnings(self) -> list[tuple[SubIndicator, Problem]]:
        """The sub-indicators whose holders' targets do not add up to the main one."""
        problems = [(sub, shortfall(sub, self.holders_of.get(sub.pk, []))) for sub in self.subs]
        return [(sub, problem) for sub, problem in problems if problem is not None]

    @property
    def without_holder(self) -> int:
        return sum(1 for sub in self.subs if sub.pk not in self.holders_of)

    @property
    def without_target(self) -> int:
        return sum(1 for holder in self.holders if not holder.targets)


def agendas_on(year: int, day: date) -> list[AgendaView]:
    """Every agenda of a year as it stands on a day. Three queries."""
    values = values_of(year)
    views = {key_of(rule): _view(rule, day, values) for rule in agendas_of(year)}
    for sub in sub_indicators_on(year, day):
        if sub.agenda in views:
            views[sub.agenda].subs.append(sub)
    for holder in holders_on(year, day):
        if holder.sub_indicator.agenda in views:
            views[holder.sub_indicator.agenda].holders.append(holder)
    return list(views.values())


def agenda_on(year: int, key: str, day: date) -> AgendaView | None:
    """One agenda as it stands on a day; None where the year has none so called. Three queries."""
    rule = agenda_of(year, key)
    if rule is None:
        return None
    view = _view(rule, day, values_of(year))
    view.subs = list(sub_indicators_on(year, day).filter(agenda=key))
    view.holders = list(holders_on(year, day).filter(sub_indicator__agenda=key))
    return view


def _view(
    rule: Rule[Agenda], day: date, values: dict[tuple[str, int], list[MainIndicatorValue]]
) -> AgendaView:
    gauges = [
        Gauge(main.label, main.target, main.unit, values.get((key_of(rule), place), ()))
        for place, main in enumerate(rule.value.main_indicators, start=1)
    ]
    return AgendaView(rule, day, gauges)


@dataclass(frozen=True)
class OutsideCount:
    """Of a class of bodies outside the evaluation: how many results are due, came, and reach."""

    column: str
    due: int
    sent: int
    reached: int


def outside_counts(results: Sequence[DueResult]) -> list[OutsideCount]:
    """The results by class of body, those classes that have any."""
    by_column: dict[str, list[DueResult]] = {}
    for due in results:
        column = column_of(due.body, FiscalYear(due.year).last_day)
        by_column.setdefault(column, []).append(due)
    return [
        OutsideCount(
            name,
            len(by_column[name]),
            sum(due.standing != "awaited" for due in by_column[name]),
            sum(due.standing == "reached" for due in by_column[name]),
        )
        for name in COLUMNS
        if name in by_column
    ]


@dataclass(frozen=True)
class YearCounts:
    """How many agendas, Joint KPIs and national targets a year has; `drafted` before approval."""

    year: int
    agendas: int
    indicators: int
    national_targets: int
    drafted: int | None = None
    only_main: bool = False
    only_printed: bool = False


def years_side_by_side() -> list[YearCounts]:
    """Every year whose number of Joint KPIs is known, from its rules or its rows.

    Two queries for each year that has agendas of its own.
    """
    rows = {}
    for year in books.years():
        book = books.book(year)
        rules = book.on(book.year.last_day) if book else None
        for counts in rules.of_kind(JointCounts) if rules else ():
            value = counts.value
            rows[value.fiscal_year] = YearCounts(
                value.fiscal_year, value.agendas, value.indicators, value.national_targets
            )
        if agendas := agendas_of(year):
            rows[year] = _counted(year, agendas)
    return [rows[year] for year in sorted(rows)]


def _counted(year: int, agendas: list[Rule[Agenda]]) -> YearCounts:
    """From the rows; before they are loaded, as the documents say.

    Where sub-indicators are still to be set, the main indicators alone.
    """
    targets = sum(len(rule.value.national_targets) for rule in agendas)
    subs = SubIndicator.objects.filter(fiscal_year=year)
    first = subs.order_by("first_day").values_list("first_day", flat=True).first()
    if first is None:
        printed = [rule.value.sub_indicators for rule in agendas]
        if any(count is not None for count in printed):
            in_all = sum(count or 0 for count in printed)
            return YearCounts(year, len(agendas), in_all, targets, only_printed=True)
        main = sum(len(rule.value.main_indicators) for rule in agendas)
        return YearCounts(year, len(agendas), main, targets, only_main=True)
    drafted = subs.filter(first_day=first).count()
    now = subs.filter(last_day=None).count()
    return YearCounts(year, len(agendas), now, targets, drafted)
