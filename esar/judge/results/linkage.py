"""What the appraisal of heads of agencies takes: whose result, for which days, and how much of it.

Source: the year's `linkage` entry. The result is the agency's own, released and not assessed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from esar.judge.results.models import Result
from esar.judge.results.queries import released
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Component, Linkage
from esar.law.rules.numbers import EXACT, exact_sum, round_ratio
from esar.platform.organisations.models import Body, OfficeHolder, Role
from esar.platform.organisations.queries import bodies_of, holds, in_charge_of
from esar.platform.ui import books

HUNDRED = Decimal(100)
ALL = Q()


@dataclass(frozen=True)
class Spell:
    """Days, both included, in which one person held the post within the executives' round."""

    name: str
    post: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Row:
    """One body in a fiscal year: the points taken, out of how many, and who held the post when.

    `share` is in per cent; `points` is None while the round's result is not released.
    """

    body: Body
    year: int
    take: Linkage.Take
    points: Decimal | None
    out_of: Decimal | None
    share: Decimal | None
    spells: tuple[Spell, ...]
    office: str = ""  # where a holder is recorded, for those who may

    @property
    def is_split(self) -> bool:
        return len(self.spells) > 1

    @property
    def days_held(self) -> int:
        """Days of the round in which someone is known to have held the post."""
        return sum(spell.days for spell in self.spells)

    @property
    def days_in_round(self) -> int:
        return (self.take.last - self.take.first).days + 1


def linkage_rule(year: int) -> Rule[Linkage] | None:
    book = books.book(year)
    return book.on(book.year.last_day).the(Linkage) if book else None


def take_of(year: int, number: int) -> Linkage.Take | None:
    """The executives' round of a number, as the year has it."""
    rule = linkage_rule(year)
    takes = rule.value.rounds if rule else ()
    return next((take for take in takes if take.number == number), None)


def bodies_shown(person: Any, day: date) -> Q:
    """Whose linkage a person sees: OPDC all, an approver and a minister's office their own."""
    if holds(person, day, Role.ANALYST, Role.AUDITOR):
        return Q()
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    return Q(pk__in=bodies_of(person, day, Role.APPROVER)) | in_charge_of(offices, day)


def linkage(year: int, take: Linkage.Take, among: Q = ALL) -> list[Row]:
    """Every evaluated body of the year `among` some. Three queries, however many bodies."""
    book = books.book(year)
    kinds = book.body_kinds() if book else []
    bodies = list(
        Body.objects.filter(kind__in=kinds, evaluated_from__lte=take.last)
        .filter(Q(last_day=None) | Q(last_day__gte=take.first))
        .filter(among)
        .select_related("parent")
        .order_by("kind", "name_key")
    )
    released_results = released().filter(
        fiscal_year=year, round_id=take.round.removeprefix("round.")
    )
    results = {result.body_id: result for result in released_results.defer("inputs", "stages")}
    holders: dict[int, list[OfficeHolder]] = {}
    for holder in OfficeHolder.objects.filter(body__in=bodies).order_by("first_day"):
        holders.setdefault(holder.body_id, []).append(holder)
    return [
        _row(body, take, results.get(body.pk), holders.get(body.pk, []), year) for body in bodies
    ]


def _row(
    body: Body, take: Linkage.Take, result: Result | None, holders: list[OfficeHolder], year: int
) -> Row:
    spells = tuple(
        Spell(
            holder.name,
            holder.post,
            max(holder.first_day, take.first),
            min(holder.last_day or take.last, take.last),
        )
        for holder in holders
        if holder.first_day <= take.last
        and (holder.last_day is None or holder.last_day >= take.first)
    )
    if result is None:
        return Row(body, year, take, None, None, None, spells)
    leaves = _leaves(year, body.kind, take.components)
    parts = [part for part in result.explanation["components"] if part["id"] in leaves]
    points = exact_sum([Decimal(part["weighted"]) for part in parts])
    out_of = exact_sum([Decimal(part["weight"]) for part in parts])
    share = round_ratio(EXACT.multiply(points, HUNDRED), out_of, 2) if out_of else None
    return Row(body, year, take, points, out_of, share, spells)


def _leaves(year: int, kind: str, components: tuple[str, ...]) -> set[str]:
    """The components named, and those under them."""
    book = books.book(year)
    rules = book.on(book.year.last_day, kind).of_kind(Component) if book else []
    ids = set(components)
    for rule in rules:
        if rule.value.parent in ids:
            ids.add(rule.id)
    return ids
