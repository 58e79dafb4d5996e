"""The bodies of one kind in a round: who is where, and how that was a year before.

Provinces and departments are never ranked among each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from django.utils import timezone

from esar.judge.results.models import Result
from esar.judge.results.queries import HEAVY, mean_of, released, round_results
from esar.law.rules.frame import differences, frame_of
from esar.law.rules.numbers import EXACT, round_ratio
from esar.platform.charts.figures import Figure, figure_of
from esar.platform.charts.strip import median_of
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.show.public.standings.facts import Facts, PartFact, facts_of

KINDS = (Body.Kind.PROVINCE.value, Body.Kind.DEPARTMENT.value)
TEN = 10
EARLIER_YEARS = 4  # that a line of years goes back, at most


@dataclass(frozen=True)
class Earlier:
    """A body in an earlier year that was measured alike."""

    year: int
    total: Decimal
    rank: int


@dataclass(frozen=True)
class Standing:
    """A released result among those of its kind; `rank` is shared by equal totals.

    Who reported nothing has no rank: by the rules it is a zero, but nobody measured it.
    """

    result: Result
    facts: Facts
    grade: books.Grade | None
    rank: int | None
    earlier: tuple[Earlier, ...] = ()

    @property
    def body(self) -> Body:
        return self.result.body

    @property
    def figure(self) -> Figure:
        """The total, or why there is none."""
        is_reported = self.facts.status == "reported"
        return self.result.total if is_reported else figure_of(None, self.facts.status)

    @property
    def last(self) -> Earlier | None:
        """The year before, where it was measured alike."""
        last = self.earlier[-1] if self.earlier else None
        return last if last and last.year == self.result.fiscal_year - 1 else None

    @property
    def moved(self) -> int | None:
        """By how many ranks it rose (above zero) or fell since the year before."""
        return None if self.last is None or self.rank is None else self.last.rank - self.rank

    @property
    def gained(self) -> Decimal | None:
        """By how many points its total moved since the year before."""
        return None if self.last is None else EXACT.subtract(self.result.total, self.last.total)

    @property
    def home(self) -> Body | None:
        """The cluster of a province, the ministry of a department."""
        return self.body.cluster or self.body.parent

    @property
    def status(self) -> str:
        return self.facts.status

    @property
    def grade_id(self) -> str:
        return self.result.grade_id


@dataclass(frozen=True)
class Home:
    """A cluster or a ministry with its standings: the mean total, and that of each component."""

    body: Body
    standings: tuple[Standing, ...]
    mean: Decimal | None
    parts: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Graded:
    """A grade, how many have it, and how many had it a year before (None: not to be compared)."""

    grade: books.Grade
    count: int
    share: Decimal  # per cent of all
    before: int | None

    @property
    def more(self) -> int:
        return self.count - (self.before or 0)

    @property
    def fewer(self) -> int:
        return -self.more


@dataclass(frozen=True)
class Goal:
    """How many are in the better half of the grades, and how many in the lowest."""

    grade: books.Grade
    count: int
    lowest: books.Grade
    lowest_count: int

    @property
    def is_best(self) -> bool:
        return self.grade.rank == 1


@dataclass(frozen=True)
class Field:
    """All bodies of a kind in a round; `expected` are those that the evaluation has."""

    year: int
    round_id: str
    kind: str
    standings: tuple[Standing, ...]
    expected: tuple[Body, ...]
    before: tuple[Decimal, ...] = ()  # all totals of the year before, where it was measured alike

    @property
    def compared_with(self) -> int | None:
        """The year before, where it was measured alike."""
        return self.year - 1 if self.before else None

    @cached_property
    def ranked(self) -> tuple[Standing, ...]:
        """Those that have a total, the best first, equals by name."""
        return tuple(standing for standing in self.standings if standing.rank is not None)

    @cached_property
    def totals(self) -> list[Decimal]:
        """The totals that were reported, from the lowest."""
        return sorted(standing.result.total for standing in self.ranked)

    @property
    def places(self) -> int:
        """The decimals of a total."""
        return books.total_places(self.year)

    @cached_property
    def median(self) -> Decimal | None:
        return median_of(self.totals) if self.totals else None

    @cached_property
    def mean(self) -> Decimal | None:
        return mean_of(self.totals, self.places)

    @cached_property
    def gained(self) -> Decimal | None:
        """By how much the mean moved since the year before; None where they are not compared."""
        before = mean_of(self.before, self.places)
        if before is None or self.mean is None:
            return None
        return EXACT.subtract(self.mean, before)

    @cached_property
    def rose(self) -> int:
        """How many have more than in the year before."""
        return sum(
            standing.last is not None and standing.result.total > standing.last.total
            for standing in self.ranked
        )

    @cached_property
    def grades(self) -> list[Graded]:
        """Each grade of the year, the best first, with how many have it."""
        counts = Counter(standing.grade_id for standing in self.standings)
        return [
            self._graded(grade, counts[name]) for name, grade in books.grades(self.year).items()
        ]

    def _graded(self, grade: books.Grade, count: int) -> Graded:
        share = round_ratio(Decimal(100 * count), Decimal(len(self.standings) or 1), 1)
        least, most = grade.band.least, grade.band.most
        before = sum(least <= total <= most for total in self.before) if self.before else None
        return Graded(grade, count, share, before)

    @cached_property
    def goal(self) -> Goal | None:
        """What is told first of a graded round; None where there are no two grades."""
        if len(self.grades) < 2 or not books.is_graded(self.year, self.round_id):
            return None
        better, last = self.grades[: len(self.grades) // 2], self.grades[-1]
        return Goal(better[-1].grade, sum(row.count for row in better), last.grade, last.count)

    @cached_property
    def quartiles(self) -> tuple[Decimal, Decimal] | None:
        """Between which totals the middle half lies; None of fewer than four."""
        quarter = len(self.totals) // 4
        return (self.totals[quarter], self.totals[-quarter - 1]) if quarter else None

    @cached_property
    def worst_region(self) -> tuple[str, int] | None:
        """The region with most of the lowest grade; None where two share that, or none has any."""
        if self.goal is None:
            return None
        lowest = self.goal.lowest.band.id
        counts = Counter(
            standing.body.region_th for standing in self.standings if standing.grade_id == lowest
        ).most_common(2)
        if not counts or not counts[0][0] or (len(counts) > 1 and counts[0][1] == counts[1][1]):
            return None
        return counts[0]

    @cached_property
    def parts(self) -> list[PartFact]:
        """The components, each as one of the results has it, by their numbers."""
        parts = {part.id: part for standing in self.standings for part in standing.facts.parts}
        return sorted(parts.values(), key=lambda part: part.number)

    @cached_property
    def homes(self) -> list[Home]:
        """Clusters or ministries, the highest mean first."""
        members: dict[Body, list[Standing]] = {}
        for standing in self.ranked:
            if standing.home is not None:
                members.setdefault(standing.home, []).append(standing)
        homes = [self._home(body, rows) for body, rows in members.items()]
        return sorted(homes, key=lambda home: (-(home.mean or 0), home.body.name_key))

    def _home(self, body: Body, standings: Sequence[Standing]) -> Home:
        shares: dict[str, list[Decimal]] = {}
        for standing in standings:
            for part in standing.facts.parts:
                if part.share is not None:
                    shares.setdefault(part.id, []).append(part.share)
        means = {part: mean_of(values, 2) for part, values in shares.items()}
        mean = mean_of([standing.result.total for standing in standings], self.places)
        return Home(body, tuple(standings), mean, means)

    @property
    def last_home(self) -> Home:
        """The one with the lowest mean."""
        return self.homes[-1]

    @property
    def distance_of_homes(self) -> Decimal:
        """What the last is behind the first, in points."""
        return EXACT.subtract(self.homes[0].mean or Decimal(0), self.last_home.mean or Decimal(0))

    @property
    def lead_of_ten(self) -> Decimal:
        """What the tenth is behind the first, in points; of fewer the last."""
        return EXACT.subtract(self.ranked[0].result.total, self.ranked[:TEN][-1].result.total)

    @property
    def unpublished(self) -> list[Body]:
        """Those whose result is not published yet, by name."""
        published = {standing.body.pk for standing in self.standings}
        return [body for body in self.expected if body.pk not in published]

    @property
    def silent(self) -> list[Standing]:
        """Those that have no total."""
        return [standing for standing in self.standings if standing.rank is None]

    @property
    def is_demo(self) -> bool:
        return any(standing.result.is_demo for standing in self.standings)

    @property
    def day(self) -> date | None:
        """The day on which the last of them was published."""
        days = [standing.result.released_at for standing in self.standings]
        return max((timezone.localdate(day) for day in days if day), default=None)


def field_of(year: int, round_id: str, kind: str) -> Field:
    """The bodies of a kind in a round. Two queries, one more where years can be compared, and one
    for what was not read before.
    """
    results = list(round_results(year, round_id).filter(body__kind=kind))
    evaluated = Body.objects.filter(evaluated_from__isnull=False, kind=kind)
    facts = facts_of(results)
    alike = years_alike(year, kind)
    earlier = _earlier(alike, kind) if alike else {}
    return Field(
        year,
        round_id,
        kind,
        tuple(_standings(results, facts, earlier)),
        tuple(evaluated.order_by("name_key")),
        tuple(row[-1].total for row in earlier.values() if row[-1].year == year - 1),
    )


@dataclass(frozen=True)
class Peers:
    """A body among those of its kind and of its cluster or ministry."""

    field: Field
    standing: Standing
    beside: tuple[Standing, ...]  # of the same home, itself too, the best first

    @property
    def rank_at_home(self) -> int | None:
        """Its rank among those of its cluster or ministry."""
        totals = {row.result.pk: row.result.total for row in self.beside}
        return ranks_of(totals).get(self.standing.result.pk)


def peers_of(result: Result) -> Peers | None:
    """Who a result stands beside; None of a kind that is not ranked. As `field_of`."""
    field = field_of(result.fiscal_year, result.round_id, result.body.kind)
    own = next((row for row in field.standings if row.result.pk == result.pk), None)
    if own is None:
        return None
    beside = [row for row in field.ranked if row.home is not None and row.home == own.home]
    return Peers(field, own, tuple(beside))


def figures_before(result: Result) -> dict[tuple[str, str], Figure]:
    """What the KPIs of a result's body came to in the year before, as `figures_of` tells it."""
    return figures_of(result.body_id, result.fiscal_year - 1)


def figures_of(body: int, year: int) -> dict[tuple[str, str], Figure]:
    """(name, unit) of a KPI → what it came to in the body's last round of a year.

    One query, one more for what was not read before.
    """
    rows = released().filter(body=body, fiscal_year=year, round_id=books.last_round(year))
    facts = facts_of(rows.defer(*HEAVY))
    return {(kpi.name, kpi.unit): kpi.actual for of in facts.values() for kpi in of.kpis}


def _standings(
    results: Iterable[Result],
    facts: Mapping[int, Facts],
    earlier: Mapping[int, tuple[Earlier, ...]],
) -> list[Standing]:
    """By rank, equals by name; who has no rank stands last."""
    rows = list(results)
    ranks = ranks_of({row.pk: row.total for row in rows if facts[row.pk].status == "reported"})
    standings = [
        Standing(
            row,
            facts[row.pk],
            books.grades(row.fiscal_year).get(row.grade_id),
            ranks.get(row.pk),
            earlier.get(row.body_id, ()),
        )
        for row in rows
    ]
    return sorted(standings, key=lambda one: (one.rank or len(rows) + 1, one.body.name_key))


def ranks_of(totals: Mapping[Any, Decimal]) -> dict[Any, int]:
    """Whose total it is → their rank: equal totals share one, and the next is left out."""
    ordered = sorted(totals.values(), reverse=True)
    first_of = {total: place for place, total in reversed(list(enumerate(ordered, start=1)))}
    return {key: first_of[total] for key, total in totals.items()}


@cache
def years_alike(year: int, kind: str) -> list[int]:
    """The years right before one that measured the kind of body alike, the oldest first.

    Totals of years whose scale, sum, components or grades differ are not compared.
    """
    years: list[int] = []
    while len(years) < EARLIER_YEARS and _is_alike(year - len(years) - 1, year, kind):
        years.append(year - len(years) - 1)
    return years[::-1]


def _is_alike(before: int, year: int, kind: str) -> bool:
    older, newer = books.book(before), books.book(year)
    frames = [frame_of(book, kind) for book in (older, newer) if book]
    if len(frames) < 2 or frames[0] is None or frames[1] is None:
        return False
    return not differences(frames[0], frames[1])


def _earlier(years: Sequence[int], kind: str) -> dict[int, tuple[Earlier, ...]]:
    """Body → its years before, the oldest first; of each year its last round. One query."""
    rows = released().filter(fiscal_year__in=years, body__kind=kind).exclude(total=0)
    totals: dict[int, dict[int, Decimal]] = {year: {} for year in years}
    for body, year, round_id, total in rows.values_list(
        "body_id", "fiscal_year", "round_id", "total"
    ):
        if round_id == books.last_round(year):
            totals[year][body] = total
    ranks = {year: ranks_of(of_year) for year, of_year in totals.items()}
    bodies = {body for of_year in totals.values() for body in of_year}
    return {
        body: tuple(
            Earlier(year, totals[year][body], ranks[year][body])
            for year in years
            if body in totals[year]
        )
        for body in bodies
    }
