"""What the rulebooks say of central data: which sets there are, whose they are, on what scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import CentralData, GivenScore, Milestones, Round
from esar.platform.ui import books


@dataclass(frozen=True)
class DataSet:
    """The values of one rule for one round of a year: what an owner delivers at once.

    `scale` is the least and the most points where points are given, else None: the KPI's own unit.
    `last` is the last day that the round covers. `points` is the year's scale of given points and
    `steps` the number of its milestones, for KPIs of the set that are scored so.
    """

    rule: Rule[CentralData]
    year: int
    round_id: str
    scale: tuple[Decimal, Decimal] | None
    last: date
    points: tuple[Decimal, Decimal] | None = None
    steps: int = 0

    @property
    def rule_id(self) -> str:
        return self.rule.id

    @property
    def owner(self) -> str:
        """The code of the body that gives the values."""
        return self.rule.value.owner

    @property
    def round(self) -> object:
        """The round's name."""
        return books.round_label(self.year, self.round_id)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of body that the rule is for."""
        return self.rule.entry.bodies


def data_sets(year: int) -> list[DataSet]:
    """Every set of a year, as the rulebook orders its rules and rounds. Reads no database.

    A component's values belong to the rounds that score it, those of listed KPIs to every round.
    """
    book = books.book(year)
    if book is None:
        return []
    rules = book.on(book.year.last_day)
    given_score = rules.the(GivenScore)
    points = (given_score.value.least, given_score.value.most) if given_score else None
    milestones = rules.the(Milestones)
    steps = len(milestones.value.points) if milestones else 0
    sets = []
    for rule in rules.of_kind(CentralData):
        component = rule.value.component
        scale = points if component else None
        for round_ in rules.of_kind(Round):
            is_scored_then = not rule.value.rounds or round_.id in rule.value.rounds
            if is_scored_then and (component is None or component in round_.value.components):
                round_id = round_.id.removeprefix("round.")
                sets.append(DataSet(rule, year, round_id, scale, round_.value.last, points, steps))
    return sets


def rules_of_set(data_set: DataSet) -> Rules:
    """What binds at the year's end for the bodies that a set is for."""
    book = books.book(data_set.year)
    assert book is not None, "the set is of its rules"
    return book.on(book.year.last_day, data_set.kinds[0])


def data_set(year: int, round_id: str, rule_id: str) -> DataSet | None:
    """One set, or None where the year's rulebook has no such rule and round."""
    for candidate in data_sets(year):
        if (candidate.round_id, candidate.rule_id) == (round_id, rule_id):
            return candidate
    return None


def sets_owned_by(codes: set[str]) -> list[DataSet]:
    """The sets of all years whose owner is one of these bodies."""
    return [one for year in books.years() for one in data_sets(year) if one.owner in codes]


def label_of(data_set: DataSet) -> dict[str, str]:
    """What the set's rule is called, as a notice keeps it."""
    return {"th": data_set.rule.label.th, "en": data_set.rule.label.en}
