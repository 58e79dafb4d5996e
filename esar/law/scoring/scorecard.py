"""A scorecard's facts → its `Score`: KPI points, weights, components, total, grade, steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import (
    Component,
    Grades,
    KpiGroup,
    KpiKind,
    Redistribution,
    Round,
    RoundTargets,
    ShareOfPlan,
    Total,
)
from esar.law.rules.numbers import EXACT, exact_sum, round_half_up, weighted
from esar.law.scoring import checks
from esar.law.scoring.components import with_component_ids
from esar.law.scoring.facts import Kpi, Plan, Scorecard
from esar.law.scoring.indicators import points_of
from esar.law.scoring.lateness import Lateness, lateness
from esar.law.scoring.steps import Exact, Formula, Step, step
from esar.law.scoring.weights import effective_weights

Status = Literal["reported", "not_reported", "not_due", "not_applicable"]
ZERO = Decimal(0)


@dataclass(frozen=True)
class KindOfKpi:
    """The kind of a KPI, and its group where the year has groups."""

    rule: Rule[KpiKind]
    group: Rule[KpiGroup] | None

    @property
    def group_number(self) -> str:
        """Its number, such as 1.1; empty where it is in none."""
        return self.group.value.number if self.group else ""


def kind_of(name: str, rules: Rules) -> KindOfKpi | None:
    """The kind that a KPI says it is of; None where it says none, or the year has none such."""
    return rules.once(_kinds).get(name)


def _kinds(rules: Rules) -> dict[str, KindOfKpi]:
    groups = {rule.id: rule for rule in rules.of_kind(KpiGroup)}
    kinds = rules.of_kind(KpiKind)
    return {rule.id: KindOfKpi(rule, groups.get(rule.value.group or "")) for rule in kinds}


@dataclass(frozen=True, slots=True)
class KpiScore:
    """One KPI's outcome. `points` and `weighted` are None when it is not due or not applicable."""

    kpi: Kpi
    status: Status
    weight: Decimal | None
    points: Decimal | None
    weighted: Decimal | None
    passed: bool | None
    steps: tuple[Step, ...]
    kind: KindOfKpi | None = None


@dataclass(frozen=True)
class ComponentScore:
    """What a component's KPIs add up to, of `out_of`: what the weight due can bring."""

    rule: Rule[Component]
    weight_due: Decimal
    weighted: Decimal
    out_of: Decimal
    status: Status


@dataclass(frozen=True)
class TakenOff:
    """What lateness does to the exact total. `before` and `after` are not rounded yet."""

    late: Lateness
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Score:
    """A body's score in one round. `out_of` is the most it could be.

    `grade` is None where the round is ungraded, and where nothing that forms the total is due.

    `status` tells a total of zero from one of which nothing was reported, or is due. `taken_off`
    is None where the year deducts nothing, or the day received is not known.
    """

    card: Scorecard
    round: Rule[Round]
    kpis: tuple[KpiScore, ...]
    components: tuple[ComponentScore, ...]
    total: Decimal
    out_of: Decimal
    status: Status
    grade: Grades.Band | None
    steps: tuple[Step, ...]
    warnings: tuple[Problem, ...]
    rulebook_sha256: str
    taken_off: TakenOff | None = None

    @property
    def is_ungraded_for_now(self) -> bool:
        """Whether a round that ends in grades gives none, for nothing is due in it."""
        return self.status == "not_due" and self.grade is None and self.round.value.graded


def score(card: Scorecard, book: Rulebook) -> Score:
    """The exact score of a scorecard under the rules that bind on its round's last day.

    Errors: Refused, with every problem of the scorecard, before anything is computed.
    """
    rules, round_rule = rules_for(card, book)
    card = with_component_ids(card, rules)
    problems, warnings = checks.check(card, rules, round_rule)
    if problems:
        raise Refused(problems)
    weights = effective_weights(card, rules)
    kpis = tuple(_score_kpi(kpi, rules, round_rule, weights) for kpi in card.kpis)
    components = _components(kpis, rules)
    total, taken_off, steps = _total(card, kpis, rules, round_rule)
    forming = _forming(kpis, rules)
    grade, grade_steps = _grade(total, forming, rules, round_rule)
    return Score(
        card=card,
        round=round_rule,
        kpis=kpis,
        components=components,
        total=total,
        out_of=_out_of(kpis, rules),
        status=status_of_all(one.status for one in forming),
        grade=grade,
        steps=(*steps, *grade_steps),
        warnings=(*card.notes, *warnings),
        rulebook_sha256=book.sha256,
        taken_off=taken_off,
    )


def rules_for(card: Scorecard, book: Rulebook) -> tuple[Rules, Rule[Round]]:
    """The rules that bind on the last day of the scorecard's round, and the round's own rule.

    Errors: Refused when the year has no such class of body or no such round.
    """
    if card.body_kind not in book.body_kinds():
        body_kinds = ", ".join(book.body_kinds())
        figures: dict[str, Any] = {"kind": card.body_kind, "year": card.year, "known": body_kinds}
        raise Refused([Problem("score.unknown_body_kind", figures, card.place.at(field="kind"))])
    rounds = book.on(book.year.last_day, card.body_kind).once(_rounds)
    if card.round not in rounds:
        figures = {"round": card.round, "year": card.year, "known": ", ".join(rounds)}
        raise Refused([Problem("score.unknown_round", figures, card.place.at(field="round"))])
    day = rounds[card.round].value.last
    rules = book.on(day, card.body_kind)
    return rules, rules.need(rounds[card.round].id, Round)


def _rounds(rules: Rules) -> dict[str, Rule[Round]]:
    return {rule.id.removeprefix("round."): rule for rule in rules.of_kind(Round)}


def grade_for(total: Decimal, rules: Rules) -> Grades.Band:
    """The band that holds a total already rounded as the rulebook says.

    Errors: LookupError outside the scale; inside it the proofs at load leave no gap.
    """
    grades = rules.of_kind(Grades)[0].value
    for band in grades.bands:
        if band.least <= total <= band.most:
            return band
    raise LookupError(total)


def _score_kpi(
    kpi: Kpi, rules: Rules, round_rule: Rule[Round], weights: dict[str, tuple[Decimal, Step | None]]
) -> KpiScore:
    kind = kind_of(kpi.kind, rules) if kpi.kind else None
    if kpi.not_applicable:
        rule = rules.the(Redistribution) or rules.of_kind(Total)[0]
        why = step("step.not_applicable", rule, decision=kpi.not_applicable)
        return KpiScore(kpi, "not_applicable", kpi.weight, None, None, None, (why,), kind)
    if not is_due(kpi, round_rule):
        weight = kpi.weight
        if kpi.held_to == "none" and kpi.id in weights:  # it may carry a cancelled one's
            weight = weights[kpi.id][0]
        why = _not_due(kpi, rules, round_rule)
        return KpiScore(kpi, "not_due", weight, None, None, None, (why,), kind)
    points = points_of(kpi, rules, round_rule)
    basis = _held_to_the_round(kpi, rules, round_rule)
    status: Status = "reported" if points.reported else "not_reported"
    if kpi.id not in weights:
        steps = (*basis, *points.steps)
        return KpiScore(kpi, status, None, points.points, None, points.passed, steps, kind)
    weight, moved = weights[kpi.id]
    share = weighted(points.points, weight)
    weigh = step(
        "step.weighted",
        rules.of_kind(Total)[0],
        formula=Formula("{} × {} ÷ 100", (points.points, weight)),
        output=Exact(share),
        weight=weight,
    )
    steps = (*basis, *points.steps, *([moved] if moved else []), weigh)
    return KpiScore(kpi, status, weight, points.points, share, points.passed, steps, kind)


def _not_due(kpi: Kpi, rules: Rules, round_rule: Rule[Round]) -> Step:
    rule = rules.the(RoundTargets)
    if kpi.held_to == "none" and rule is not None:
        return step("step.not_measured", rule, round=round_rule.label)
    return step("step.not_due", round_rule, round=round_rule.label)


def _held_to_the_round(kpi: Kpi, rules: Rules, round_rule: Rule[Round]) -> tuple[Step, ...]:
    """The step that says so, where a KPI has targets of this round's own."""
    rule = rules.the(RoundTargets) if kpi.held_to == "round" else None
    return (step("step.held_to_the_round", rule, round=round_rule.label),) if rule else ()


def is_due(kpi: Kpi, round_rule: Rule[Round]) -> bool:
    """Whether the round scores this KPI, has its component, and outputs where it is a plan's."""
    if kpi.held_to == "none":
        return False
    if kpi.component is not None and kpi.component not in round_rule.value.components:
        return False
    if isinstance(kpi.result, Plan):
        days = round_rule.value
        return kpi.result.outputs_between(days.first, days.last).planned > 0
    return True


def _components(kpis: tuple[KpiScore, ...], rules: Rules) -> tuple[ComponentScore, ...]:
    scores, scale = [], rules.of_kind(Total)[0].value.scale
    counted_in: dict[str | None, list[KpiScore]] = {}
    for kpi in kpis:
        if kpi.weighted is not None:
            counted_in.setdefault(kpi.kpi.component, []).append(kpi)
    for rule in rules.of_kind(Component):
        counted = counted_in.get(rule.id)
        if counted:
            due = exact_sum([k.weight or ZERO for k in counted])
            earned = exact_sum([k.weighted or ZERO for k in counted])
            status = status_of_all(one.status for one in counted)
            scores.append(ComponentScore(rule, due, earned, weighted(scale, due), status))
    return tuple(scores)


def status_of_all(statuses: Iterable[str]) -> Status:
    """What a sum is called: reported when one of its KPIs was, and why not when none was."""
    present, order = set(statuses), get_args(Status)
    return next((one for one in order if one in present), "not_applicable")


def _forming(kpis: tuple[KpiScore, ...], rules: Rules) -> list[KpiScore]:
    """The KPIs that form the total, whatever became of them."""
    total_rule = rules.of_kind(Total)[0].value
    if total_rule.rule == "indicator":
        return [k for k in kpis if k.kpi.id == total_rule.indicator]
    return [k for k in kpis if k.weight is not None]


def _counted(kpis: tuple[KpiScore, ...], rules: Rules) -> list[KpiScore]:
    """The KPIs whose figures form the total."""
    is_indicator = rules.of_kind(Total)[0].value.rule == "indicator"
    forming = _forming(kpis, rules)
    return [k for k in forming if (k.points if is_indicator else k.weighted) is not None]


def _out_of(kpis: tuple[KpiScore, ...], rules: Rules) -> Decimal:
    total_rule = rules.of_kind(Total)[0].value
    if total_rule.rule == "indicator":
        return total_rule.scale
    due = exact_sum([k.weight or ZERO for k in _counted(kpis, rules)])
    return weighted(total_rule.scale, due)


def _total(
    card: Scorecard, kpis: tuple[KpiScore, ...], rules: Rules, round_rule: Rule[Round]
) -> tuple[Decimal, TakenOff | None, list[Step]]:
    total_rule = rules.of_kind(Total)[0]
    counted = _counted(kpis, rules)
    if total_rule.value.rule == "indicator":
        whole = exact_sum([k.points or ZERO for k in counted])
        summands = [whole]
        code = "step.total_indicator"
    else:
        summands = [k.weighted or ZERO for k in counted]
        whole = exact_sum(summands)
        code = "step.total"
    indicator = total_rule.value.indicator or ""
    formula = Formula(" + ".join(["{}"] * len(summands)), tuple(map(Exact, summands)))
    steps = [step(code, total_rule, formula=formula, output=Exact(whole), indicator=indicator)]
    taken_off = _taken_off(whole, card, rules, round_rule)
    if taken_off is not None:
        whole = taken_off.after
        steps.append(_late_step(taken_off))
    rounding = rules.rounding_rule("total")
    total = round_half_up(whole, rounding.value.places)
    steps.append(
        step(
            "step.rounded",
            rounding,
            formula=Formula("{} → {}", (Exact(whole), total)),
            output=total,
            places=rounding.value.places,
            value=Exact(whole),
        )
    )
    return total, taken_off, steps


def _taken_off(
    whole: Decimal, card: Scorecard, rules: Rules, round_rule: Rule[Round]
) -> TakenOff | None:
    if card.received is None:
        return None
    late = lateness(round_rule, card.received, rules, card.province, extended=card.due)
    if late is None:
        return None
    left = max(EXACT.subtract(whole, late.deduction), late.rule.value.floor)
    return TakenOff(late, whole, left)


def _late_step(off: TakenOff) -> Step:
    late, rate = off.late, off.late.rule.value.rate
    return step(
        "step.late" if late.days else "step.on_time",
        late.rule,
        formula=Formula("{} − {} × {}", (Exact(off.before), len(late.days), rate)),
        output=Exact(off.after),
        due=late.due,
        received=late.received,
        days=len(late.days),
        dates=late.days,
        deduction=late.deduction,
        rate=rate,
    )


def _grade(
    total: Decimal, forming: list[KpiScore], rules: Rules, round_rule: Rule[Round]
) -> tuple[Grades.Band | None, list[Step]]:
    if not round_rule.value.graded:
        return None, [step("step.not_graded", round_rule, round=round_rule.label)]
    grades = rules.of_kind(Grades)[0]
    is_due = status_of_all(one.status for one in forming) != "not_due"
    if not is_due and grades.value.nothing_due == "ungraded":
        return None, [step("step.nothing_due", grades, round=round_rule.label)]
    share = rules.the(ShareOfPlan) if grades.value.verdict == "exact" else None
    if share is not None and any(one.passed is False for one in forming):
        return _grade_of_failed(total, share, grades)
    band = grade_for(total, rules)
    graded = step(
        "step.grade",
        grades,
        formula=Formula("{} ≤ {} ≤ {}", (band.least, total, band.most)),
        output=band.id,
        total=total,
        grade=band.label,
    )
    return band, [graded]


def _grade_of_failed(
    total: Decimal, share: Rule[ShareOfPlan], grades: Rule[Grades]
) -> tuple[Grades.Band, list[Step]]:
    """The grade of a share under its pass mark: the verdict on the exact share decides both.

    79.996 is shown as 80.00 and has not reached 80.
    """
    mark = share.value.pass_mark
    bands = [band for band in grades.value.bands if band.least < mark]
    band = next(one for one in bands if one.least <= total)
    failed = step(
        "step.grade_failed", grades, output=band.id, total=total, mark=mark, grade=band.label
    )
    return band, [failed]
