"""How many bodies have come how far in a year: each figure leads to a list of the same number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.states import Stage
from esar.judge.results.queries import released
from esar.kernel.wording import Phrase, Word
from esar.law.rules.years import FiscalYear
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Item
from esar.platform.organisations.queries import evaluated_between
from esar.platform.ui import books
from esar.report.reports.models import Report
from esar.report.reports.queries import due_of_round
from esar.report.reports.states import ReportState
from esar.show.nation.registry import AsOf
from esar.show.nation.under_way import BodyUnderWay, address_of, under_way


@dataclass(frozen=True)
class Unsent:
    """How many have not sent the report of a round in yet, by which day they are to."""

    label: object
    count: int
    due: date | None
    href: str


@dataclass(frozen=True)
class Funnel:
    """The bodies of a year by how far they are: of each step how many have come so far."""

    year: int
    bodies: int
    cards: Mapping[tuple[str, ...], int]
    reports: Mapping[tuple[str, ...], int]
    assessments: Mapping[tuple[str, ...], int]
    results: Mapping[tuple[str, ...], int]
    rounds: tuple[str, ...]
    under_way: Mapping[str, Sequence[BodyUnderWay]]  # by the rounds that are over

    @cached_property
    def drawing(self) -> Bars:
        """A bar for each step, of all bodies."""
        return bars(list(self._steps()))

    def _steps(self) -> list[Item]:
        begun = sum(self.cards.values())
        steps = [
            self._step(Word("funnel.begun"), begun, "scorecards:scorecards"),
            self._step(
                Word("funnel.in_force"),
                self.cards.get((State.IN_FORCE,), 0),
                "scorecards:scorecards",
                state=State.IN_FORCE,
            ),
        ]
        for round_id in self._shown_rounds:
            label = {"round": books.round_label(self.year, round_id)}
            steps += [
                self._step(
                    Phrase("funnel.sent", label),
                    self.reports.get((round_id, ReportState.SUBMITTED), 0),
                    "reports:reports",
                    round=round_id,
                    state=ReportState.SUBMITTED,
                ),
                self._step(
                    Phrase("funnel.assessed", label),
                    self.assessments.get((round_id, Stage.DONE), 0),
                    "assessments:assessments",
                    round=round_id,
                    state=Stage.DONE,
                ),
            ]
            if released_count := self.results.get((round_id,), 0):
                address = reverse("public:results", args=[self.year, round_id])
                name = Phrase("funnel.released", label)
                steps.append(self._item(name, released_count, address))
        return steps

    @property
    def _shown_rounds(self) -> list[str]:
        """The rounds that are over, and any of which something was sent in or released."""
        sent = {of_round for of_round, state in self.reports if state == ReportState.SUBMITTED}
        seen = set(self.under_way) | sent | {of_round for (of_round,) in self.results}
        return [round_id for round_id in self.rounds if round_id in seen]

    def _step(self, label: object, count: int, page: str, **asks: str) -> Item:
        query = urlencode({"year": self.year, **{name: str(ask) for name, ask in asks.items()}})
        return self._item(label, count, f"{reverse(page)}?{query}")

    def _item(self, label: object, count: int, href: str) -> Item:
        full = Decimal(max(self.bodies, count))
        return Item(label, Decimal(count), href=href, full=full)

    @property
    def unsent(self) -> list[Unsent]:
        """The rounds that are over and that some have not reported on yet."""
        rows = [self._unsent(round_id) for round_id in self.under_way]
        return [row for row in rows if row.count]

    def _unsent(self, round_id: str) -> Unsent:
        return Unsent(
            books.round_label(self.year, round_id),
            sum(not row.is_sent for row in self.under_way[round_id]),
            due_of_round(self.year, round_id),
            address_of(self.year, round_id, sent="no"),
        )


def funnel_of(year: int, day: date) -> Funnel:
    """How far the bodies of a year are. Five queries, and eight for each round that is over."""
    days = FiscalYear(year)
    rounds = [each for each in books.begun_rounds(year, day) if each in books.reported_rounds(year)]
    book = books.book(year)
    over = [each for each in rounds if book and _is_over(year, each, day)]
    return Funnel(
        year,
        evaluated_between(days.first_day, days.last_day, books.body_kinds(year)).count(),
        _counts(Scorecard.objects.filter(fiscal_year=year), "state"),
        _counts(Report.objects.filter(scorecard__fiscal_year=year), "round_id", "state"),
        _counts(
            Assessment.objects.filter(report__scorecard__fiscal_year=year),
            "report__round_id",
            "state",
        ),
        _counts(released().filter(fiscal_year=year), "round_id"),
        tuple(rounds),
        {each: under_way(AsOf(book, day), each) for each in over if book},
    )


def _is_over(year: int, round_id: str, day: date) -> bool:
    days = books.round_days(year, round_id)
    return days is not None and days.last < day


def _counts(rows: QuerySet, *names: str) -> Mapping[tuple[str, ...], int]:  # type: ignore[type-arg]
    counted = rows.order_by().values_list(*names).annotate(Count("pk"))
    return Counter({row[:-1]: row[-1] for row in counted})
