"""What each round of a year holds a KPI to: targets of its own, the year's, or nothing.

Source: the year's `round_targets` entry; a year without one holds every round to the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedKpi, AgreedRound, AgreedScorecard
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import say
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Ladder, Round, RoundTargets
from esar.law.rules.refusals import refusal
from esar.law.scoring.facts import HeldTo
from esar.platform.ui import books

LADDER = IndicatorVersion.Method.LADDER
ROUND_PROBLEMS = (  # the codes of `problems_in`
    "kpi.no_such_round",
    "kpi.sum_held_to_the_year",
    "kpi.round_without_ladder",
    "kpi.round_targets_incomplete",
    "kpi.round_targets_do_not_rise",
    "kpi.round_targets_do_not_fall",
)


@dataclass(frozen=True)
class Basis:
    """Whose targets a KPI is held to in a round, and which: the lowest level first."""

    held_to: HeldTo
    targets: tuple[str, ...]

    @property
    def ladder(self) -> tuple[Decimal, ...]:
        """The targets as figures."""
        return tuple(Decimal(target) for target in self.targets)


def early_rounds(rules: Rules) -> list[Rule[Round]]:
    """The rounds that end before the year does, where the year lets them have targets."""
    if rules.the(RoundTargets) is None:
        return []
    last = rules.year.last_day
    return [rule for rule in rules.of_kind(Round) if rule.value.last < last]


def agreed_of(kpi: AgreedKpi, round_id: str) -> AgreedRound | None:
    """What was agreed of a round; None where nothing was."""
    return next((agreed for agreed in kpi.rounds if agreed.round == round_id), None)


def basis_in(kpi: AgreedKpi, round_id: str, rules: Rules) -> Basis:
    """What a round holds a KPI to: as agreed, else as the rulebook has it."""
    year = Basis("year", kpi.targets)
    if round_id not in {rule.id.removeprefix("round.") for rule in early_rounds(rules)}:
        return year
    agreed = agreed_of(kpi, round_id)
    if agreed is not None:
        return (
            Basis("round", agreed.targets)
            if agreed.held_to == "round"
            else Basis(agreed.held_to, kpi.targets)
        )
    rule = rules.the(RoundTargets)
    adds_up = rule is not None and kpi.accumulation in rule.value.own_only
    return Basis("none", kpi.targets) if kpi.method == LADDER and adds_up else year


def bases_of(card: AgreedScorecard, body_kind: str, round_id: str) -> dict[str, Basis]:
    """KPI number → what a round holds it to."""
    book = books.book(card.fiscal_year)
    if book is None:
        return {kpi.number: Basis("year", kpi.targets) for kpi in card.kpis}
    rules = book.on(book.year.last_day, body_kind)
    return {kpi.number: basis_in(kpi, round_id, rules) for kpi in card.kpis}


def problems_in(kpi: AgreedKpi, rules: Rules) -> Iterator[Problem]:
    """What cannot stand of what is said of a KPI's rounds."""
    by_id = {rule.id.removeprefix("round."): rule for rule in early_rounds(rules)}
    for agreed in kpi.rounds:
        place = Place(field=say("place.kpi", {"number": kpi.number}, "th"))
        rule = by_id.get(agreed.round)
        if rule is None:
            figures: dict[str, object] = {"kpi": kpi.number, "round": agreed.round}
            yield Problem("kpi.no_such_round", figures, place)
        elif agreed.held_to == "round":
            yield from _problems_of_targets(kpi, agreed, rule, rules, place)
        elif agreed.held_to == "year" and _own_only(kpi, rules):
            figures = {"kpi": kpi.number, "round": rule.label}
            yield refusal("kpi.sum_held_to_the_year", rules.the(RoundTargets), figures, place)


def notes_on(kpi: AgreedKpi, rules: Rules) -> Iterator[Problem]:
    """The rounds that will not measure a KPI because nothing is said of them."""
    for rule in early_rounds(rules):
        in_round = kpi.component in rule.value.components
        if (
            in_round
            and not agreed_of(kpi, rule.id.removeprefix("round."))
            and _own_only(kpi, rules)
        ):
            figures: dict[str, object] = {"kpi": kpi.number, "round": rule.label}
            yield refusal("kpi.round_not_measured", rules.the(RoundTargets), figures)


def _own_only(kpi: AgreedKpi, rules: Rules) -> bool:
    rule = rules.the(RoundTargets)
    return kpi.method == LADDER and rule is not None and kpi.accumulation in rule.value.own_only


def _problems_of_targets(
    kpi: AgreedKpi, agreed: AgreedRound, rule: Rule[Round], rules: Rules, place: Place
) -> Iterator[Problem]:
    ladder = rules.the(Ladder)
    figures: dict[str, object] = {"kpi": kpi.number, "round": rule.label}
    if kpi.method != LADDER or ladder is None:
        yield Problem("kpi.round_without_ladder", figures, place)
        return
    if len(agreed.targets) != len(ladder.value.points):
        yield refusal("kpi.round_targets_incomplete", ladder, figures, place)
        return
    targets = [Decimal(target) for target in agreed.targets]
    sign = 1 if kpi.direction == "higher" else -1
    if not all((high - low) * sign > 0 for low, high in pairwise(targets)):
        code = "kpi.round_targets_do_not_rise" if sign == 1 else "kpi.round_targets_do_not_fall"
        yield refusal(code, ladder, figures | {"targets": ", ".join(agreed.targets)}, place)
