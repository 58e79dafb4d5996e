"""Is this scorecard one that the year's rules can score? Every problem at once, with its clause.

Problems stop the scoring; warnings (an unusual number of KPIs) go along with the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from esar.kernel.problems import Problem
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import (
    NAMES,
    Component,
    GivenScore,
    KpiCount,
    KpiKind,
    Ladder,
    Milestones,
    Redistribution,
    Round,
    RoundTargets,
    ShareOfPlan,
    Total,
    WeightedItems,
)
from esar.law.rules.numbers import EXACT, exact_sum, trimmed
from esar.law.rules.refusals import clause_of, refusal
from esar.law.scoring.components import heirs_of, leaf_components
from esar.law.scoring.facts import (
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Plan,
    Scorecard,
    StepsDone,
)
from esar.law.scoring.lateness import uncounted

WHOLE = Decimal(100)


def check(
    card: Scorecard, rules: Rules, round_rule: Rule[Round]
) -> tuple[list[Problem], list[Problem]]:
    """Problems and warnings of a scorecard under the rules of its round."""
    problems: list[Problem] = []
    if not card.kpis:
        problems.append(Problem("score.no_kpis", {"body": card.body}, card.place))
    problems += _same_id_twice(card)
    problems += _uncounted_days(card, rules, round_rule)
    for kpi in card.kpis:
        problems += _check_kpi(kpi, rules)
        problems += _check_held_to(kpi, rules, round_rule)
    if not problems:
        problems += _check_weights(card, rules, round_rule)
        problems += _check_indicator(card, rules)
        problems += _check_heirs(card, rules)
    warnings = [*_unusual_counts(card, rules), *_assumed_weights(card, rules)]
    return problems, [*warnings, *_unknown_kinds(card, rules)]


def clause(rule: Rule[object] | None, *fields: str) -> object:
    """Every clause that a rule, or these fields of it, rests on, for a message."""
    return clause_of(rule, *fields)


def _unknown_kinds(card: Scorecard, rules: Rules) -> Iterator[Problem]:
    """A kind is what a KPI is called and counted by: one that the year has not is left out."""
    kinds = [rule.id for rule in rules.of_kind(KpiKind)]
    for kpi in card.kpis:
        if kpi.kind and kpi.kind not in kinds:
            figures = {"kpi": kpi.id, "kind": kpi.kind, "known": ", ".join(kinds)}
            yield Problem("score.unknown_kind", figures, kpi.place.at(field="kpi_kind"))


def _uncounted_days(card: Scorecard, rules: Rules, round_rule: Rule[Round]) -> Iterator[Problem]:
    problem = uncounted(round_rule, card.received, rules) if card.received else None
    if problem is not None:
        yield replace(problem, place=card.place.at(field="received"))


def _same_id_twice(card: Scorecard) -> Iterator[Problem]:
    seen: set[str] = set()
    for kpi in card.kpis:
        if kpi.id in seen:
            yield Problem("score.kpi_twice", {"kpi": kpi.id}, kpi.place.at(field="id"))
        seen.add(kpi.id)


def _check_kpi(kpi: Kpi, rules: Rules) -> Iterator[Problem]:
    yield from _check_component(kpi, rules)
    total = rules.of_kind(Total)[0]
    if kpi.weight is None and total.value.rule == "weighted_sum":
        yield refusal("score.no_weight", total, {"kpi": kpi.id}, kpi.place.at(field="weight"))
    if kpi.weight is not None and not 0 < kpi.weight <= WHOLE:
        figures: dict[str, object] = {"kpi": kpi.id, "weight": kpi.weight}
        yield Problem("score.weight_out_of_range", figures, kpi.place.at(field="weight"))
    if kpi.not_applicable and rules.the(Redistribution) is None:
        yield Problem("score.cannot_be_left_out", {"kpi": kpi.id}, kpi.place)
    yield from _check_result(kpi, rules)


def _check_held_to(kpi: Kpi, rules: Rules, round_rule: Rule[Round]) -> Iterator[Problem]:
    """Only a round that ends before the year has targets of its own, or leaves a KPI out."""
    if kpi.held_to == "year":
        return
    place, figures = kpi.place.at(field="held_to"), {"kpi": kpi.id, "round": round_rule.label}
    rule = rules.the(RoundTargets)
    if rule is None:
        yield _no_method(kpi, RoundTargets, rules)
    elif round_rule.value.last >= rules.year.last_day:
        yield refusal("score.held_to_the_year", rule, figures, place)
    elif kpi.held_to == "round" and not isinstance(kpi.result, Measured | Items):
        yield refusal("score.no_targets_of_the_round", rule, figures, place)


def _check_component(kpi: Kpi, rules: Rules) -> Iterator[Problem]:
    leaves, home = rules.once(_leaves_by_id), kpi.component
    rule = leaves.get(home) if home is not None else None
    if rule is not None and rule.value.evaluated:
        return
    place = kpi.place.at(field="component")
    figures: dict[str, object] = {"kpi": kpi.id}
    if rule is not None:
        figures |= {"component": rule.label}
        yield refusal("score.component_not_evaluated", rule, figures, place)
    elif home is not None:
        figures |= {"component": home, "known": ", ".join(leaves)}
        yield Problem("score.unknown_component", figures, place)
    elif any(_is_cited(leaf) for leaf in leaves.values()):
        figures |= {"known": ", ".join(leaves)}
        yield Problem("score.no_component", figures, place)


def _leaves_by_id(rules: Rules) -> dict[str, Rule[Component]]:
    return {rule.id: rule for rule in leaf_components(rules)}


def _check_result(kpi: Kpi, rules: Rules) -> Iterator[Problem]:
    match kpi.result:
        case Measured() as measured:
            yield from _check_targets(kpi, measured, kpi.id, rules)
        case Items(items=items):
            yield from _check_items(kpi, items, rules)
        case StepsDone(done=done):
            yield from _check_steps(kpi, done, rules)
        case Given(score=score):
            yield from _check_given(kpi, score, rules)
        case Outputs(planned=planned, achieved=achieved):
            yield from _check_outputs(kpi, planned, achieved, rules)
        case Plan():
            if rules.the(ShareOfPlan) is None:
                yield _no_method(kpi, ShareOfPlan, rules)


def _no_method(kpi: Kpi, kind: type, rules: Rules) -> Problem:
    figures: dict[str, object] = {"kpi": kpi.id, "method": NAMES[kind], "year": rules.year.buddhist}
    return Problem("score.no_such_method", figures, kpi.place)


def _check_targets(kpi: Kpi, measured: Measured, name: str, rules: Rules) -> Iterator[Problem]:
    ladder = rules.the(Ladder)
    if ladder is None:
        yield _no_method(kpi, Ladder, rules)
        return
    needed = len(ladder.value.points)
    if len(measured.targets) != needed:
        figures: dict[str, object] = {"kpi": name, "found": len(measured.targets), "needed": needed}
        place = kpi.place.at(field="targets")
        yield refusal("score.number_of_targets", ladder, figures, place)
        return
    rising = measured.direction == "higher"
    if not all(a < b if rising else a > b for a, b in pairwise(measured.targets)):
        targets = ", ".join(f"{target:f}" for target in measured.targets)
        code = "score.targets_do_not_rise" if rising else "score.targets_do_not_fall"
        place = kpi.place.at(field="targets")
        yield refusal(code, ladder, {"kpi": name, "targets": targets}, place)


def _check_items(kpi: Kpi, items: tuple[Item, ...], rules: Rules) -> Iterator[Problem]:
    if rules.the(WeightedItems) is None:
        yield _no_method(kpi, WeightedItems, rules)
        return
    if not items:
        yield Problem("score.no_items", {"kpi": kpi.id}, kpi.place)
    for item in items:
        if item.weight <= 0:
            figures: dict[str, object] = {"kpi": f"{kpi.id}/{item.id}", "weight": item.weight}
            yield Problem("score.weight_out_of_range", figures, kpi.place.at(field="weight"))
        yield from _check_targets(kpi, item.result, f"{kpi.id}/{item.id}", rules)


def _check_steps(kpi: Kpi, steps_done: frozenset[int] | None, rules: Rules) -> Iterator[Problem]:
    rule = rules.the(Milestones)
    if rule is None:
        yield _no_method(kpi, Milestones, rules)
        return
    last = len(rule.value.points)
    wrong = sorted(number for number in steps_done or () if not 1 <= number <= last)
    if wrong:
        figures: dict[str, object] = {
            "kpi": kpi.id,
            "wrong": ", ".join(map(str, wrong)),
            "last": last,
        }
        yield refusal("score.no_such_step", rule, figures, kpi.place.at(field="steps_done"))


def _check_given(kpi: Kpi, score: Decimal | None, rules: Rules) -> Iterator[Problem]:
    rule = rules.the(GivenScore)
    if rule is None:
        yield _no_method(kpi, GivenScore, rules)
        return
    if score is not None and not rule.value.least <= score <= rule.value.most:
        figures: dict[str, object] = {
            "kpi": kpi.id,
            "score": score,
            "least": rule.value.least,
            "most": rule.value.most,
        }
        yield refusal("score.score_out_of_range", rule, figures, kpi.place.at(field="score"))


def _check_outputs(kpi: Kpi, planned: int, achieved: int | None, rules: Rules) -> Iterator[Problem]:
    share = rules.the(ShareOfPlan)
    if share is None:
        yield _no_method(kpi, ShareOfPlan, rules)
        return
    figures: dict[str, object] = {"kpi": kpi.id, "planned": planned, "achieved": achieved}
    if planned <= 0:
        yield refusal("score.nothing_planned", share, figures, kpi.place.at(field="planned"))
    elif achieved is not None and not 0 <= achieved <= planned:
        yield refusal("score.more_than_planned", share, figures, kpi.place.at(field="achieved"))


def _is_cited(rule: Rule[Component]) -> bool:
    """Whether the component's weight rests on a source, not on an assumption of ours."""
    return not any(assumed.field in ("weight", "*") for assumed in rule.version.assumed)


def binding_weight(rule: Rule[Component]) -> Decimal | None:
    """What a component's KPIs must add up to; None where no source says it."""
    return rule.value.weight if _is_cited(rule) else None


def _weights_by_component(
    card: Scorecard, rules: Rules
) -> Iterator[tuple[Rule[Component], Decimal]]:
    for rule in leaf_components(rules):
        kpis = [kpi for kpi in card.kpis if kpi.component == rule.id]
        yield rule, exact_sum([kpi.weight or Decimal(0) for kpi in kpis])


def _check_weights(card: Scorecard, rules: Rules, round_rule: Rule[Round]) -> Iterator[Problem]:
    """Each component's KPIs add up to its weight, and all of them to 100.

    A component that is not due in the round may be left out whole. Where the rulebook's own
    component weights are an assumption, only the sum binds.
    """
    if rules.of_kind(Total)[0].value.rule != "weighted_sum":
        return
    total = exact_sum([kpi.weight or Decimal(0) for kpi in card.kpis])
    place = card.place.at(field="weight")
    expected, wrong = WHOLE, False
    for rule, weight in _weights_by_component(card, rules):
        if not weight and rule.id not in round_rule.value.components:
            expected = EXACT.subtract(expected, rule.value.weight or Decimal(0))
            continue
        own_weight = binding_weight(rule)
        if own_weight is not None and weight != own_weight:
            wrong = True
            figures: dict[str, object] = {
                "component": rule.id,
                "label": rule.label,
                "found": trimmed(weight),
                "expected": trimmed(own_weight),
            }
            yield refusal("score.component_weights", rule, figures, place)
    if total != expected and not wrong:
        figures = {"found": trimmed(total), "expected": trimmed(expected)}
        yield refusal("score.weights_sum", rules.of_kind(Total)[0], figures, place)


def _check_indicator(card: Scorecard, rules: Rules) -> Iterator[Problem]:
    """Where the figure of a body is one indicator's, that indicator must be there."""
    total = rules.of_kind(Total)[0]
    if total.value.rule == "indicator" and total.value.indicator not in {k.id for k in card.kpis}:
        figures: dict[str, object] = {"indicator": total.value.indicator, "year": card.year}
        yield refusal("score.indicator_missing", total, figures, card.place.at(field="id"))


def _check_heirs(card: Scorecard, rules: Rules) -> Iterator[Problem]:
    """A KPI that is left out must leave someone to carry its weight."""
    rule = rules.the(Redistribution)
    for kpi in card.kpis:
        if rule is not None and kpi.not_applicable and not heirs_of(kpi, card, rules):
            place = kpi.place.at(field="not_applicable")
            yield refusal("score.no_heir", rule, {"kpi": kpi.id}, place)


def _unusual_counts(card: Scorecard, rules: Rules) -> Iterator[Problem]:
    for rule in rules.of_kind(KpiCount):
        count = sum(1 for kpi in card.kpis if kpi.component == rule.value.component)
        if not rule.value.least <= count <= rule.value.most:
            home = rules.by_id[rule.value.component]
            figures: dict[str, object] = {
                "component": home.label,
                "found": count,
                "least": rule.value.least,
                "most": rule.value.most,
            }
            yield refusal("score.kpi_count", rule, figures, card.place)


def _assumed_weights(card: Scorecard, rules: Rules) -> Iterator[Problem]:
    for rule, weight in _weights_by_component(card, rules):
        expected = rule.value.weight
        if not _is_cited(rule) and expected is not None and expected != weight:
            figures: dict[str, object] = {
                "component": rule.id,
                "label": rule.label,
                "found": trimmed(weight),
                "expected": trimmed(expected),
            }
            yield Problem("score.assumed_component_weights", figures, card.place)
