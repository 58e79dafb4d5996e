"""What must be true of a rulebook before anyone is judged by it. Static: no facts needed.

Each proof takes the rules that bind on a day for a class of bodies and yields problems that
name the entry. They run for every day on which something changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from esar.kernel.problems import Place, Problem
from esar.law.rules import schema
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import (
    NAMES,
    CentralData,
    ChangeRules,
    Committee,
    Component,
    Deadline,
    Duty,
    GivenScore,
    Grades,
    Holidays,
    Indicator,
    KindForm,
    KpiCount,
    KpiGroup,
    KpiKind,
    KpiList,
    KpiTemplates,
    Ladder,
    LateDeduction,
    Linkage,
    Milestones,
    MissingResult,
    Redistribution,
    Regime,
    Reporting,
    Round,
    Rounding,
    RoundTargets,
    Route,
    SelfEvaluating,
    ShareOfPlan,
    StrategicKpis,
    Total,
    WeightedItems,
    Window,
)
from esar.law.rules.numbers import exact_sum
from esar.law.rules.refusals import refusals_without_clause

WHOLE = Decimal(100)
Proof = Callable[[Rules], Iterator[Problem]]

# Kinds of which a class of bodies has one rule at most on a day.
SINGLE: tuple[type[object], ...] = (
    Total,
    Grades,
    Ladder,
    Milestones,
    WeightedItems,
    GivenScore,
    MissingResult,
    Redistribution,
    LateDeduction,
    Regime,
    RoundTargets,
)


def prove(book: Rulebook) -> list[Problem]:
    """Every proof on every day that something changes, each problem once."""
    problems: dict[tuple[object, ...], Problem] = {}
    if not book.body_kinds():
        problems["no_total",] = Problem("rules.no_total", {"year": book.year.buddhist})
    for body_kind in book.body_kinds():
        for day in book.change_days():
            rules = book.on(day, body_kind)
            if rules.the(Total) is None:  # the year's framework is not in force yet
                continue
            for proof in PROOFS:
                for problem in proof(rules):
                    key = (problem.code, problem.place, str(sorted(problem.figures.items())))
                    problems.setdefault(key, problem)
    return list(problems.values())


def prove_for_use(book: Rulebook) -> list[Problem]:
    """What a rulebook must say besides before a year is run by it; `esar rules check` asks.

    Not at reading: the copies that old packages carry were written before it was asked for.
    """
    problems = list(_written_in_the_current_schema(book))
    for body_kind in book.body_kinds():
        for day in (*book.change_days(), book.year.last_day):
            rules = book.on(day, body_kind)
            if rules.the(Total) is not None:
                for proof in PROOFS_FOR_USE:
                    problems += [one for one in proof(rules) if one not in problems]
    return problems


def _written_in_the_current_schema(book: Rulebook) -> Iterator[Problem]:
    """What a year to be run means by a key is said in it, and not left to a default of before."""
    if book.schema != schema.CURRENT:
        year = book.year.buddhist
        figures = {"year": year, "version": book.schema, "most": schema.CURRENT}
        yield Problem("rules.older_schema", figures, Place(file=f"{year}/{schema.SCHEMA_FILE}"))


def _problem(code: str, rule: Rule[object], **figures: object) -> Problem:
    return Problem(code, {"entry": rule.id, **figures}, rule.version.place)


def what_scoring_needs_is_there(rules: Rules) -> Iterator[Problem]:
    total = rules.of_kind(Total)[0]
    for kind in (Grades, GivenScore, MissingResult, Regime, Round):
        if not rules.of_kind(kind):
            yield _problem("rules.kind_missing", total, kind=NAMES[kind], bodies=rules.body_kind)
    figures = {rule.value.figure for rule in rules.of_kind(Rounding)}
    for figure in sorted({"kpi_points", "total"} - figures):
        yield _problem("rules.rounding_missing", total, figure=figure)


def one_of_a_kind(rules: Rules) -> Iterator[Problem]:
    for kind in SINGLE:
        for second in rules.of_kind(kind)[1:]:
            yield _problem(
                "rules.second_of_a_kind", second, kind=NAMES[kind], bodies=rules.body_kind
            )


def weights_sum_to_one_hundred(rules: Rules) -> Iterator[Problem]:
    """The roots to exactly 100, and children to exactly their parent."""
    children: dict[str | None, list[Rule[Component]]] = defaultdict(list)
    for rule in rules.of_kind(Component):
        if rule.value.weight is not None:
            children[rule.value.parent].append(rule)
    for parent, parts in children.items():
        expected = WHOLE if parent is None else _weight(rules, parent)
        total = exact_sum([part.value.weight for part in parts if part.value.weight is not None])
        if expected is not None and total != expected:
            yield _problem(
                "rules.weights_sum",
                parts[-1],
                found=total,
                expected=expected,
                parts=", ".join(part.id for part in parts),
            )


def _weight(rules: Rules, component: str) -> Decimal | None:
    rule = rules.get(component, Component)
    return rule.value.weight if rule else None


def grades_part_the_scale(rules: Rules) -> Iterator[Problem]:
    """No gap and no overlap once the total is rounded as the rulebook says.

    The printed "75–89.99" and "90–100" leave a gap; rounding to two decimals first closes it.
    """
    grades, total = rules.the(Grades), rules.the(Total)
    rounded = [rule for rule in rules.of_kind(Rounding) if rule.value.figure == "total"]
    if grades is None or total is None or not rounded:
        return
    places = rounded[0].value.places
    step = Decimal(1).scaleb(-places)
    expected_top = total.value.scale
    for band in grades.value.bands:
        if band.most != expected_top or band.least > band.most:
            yield _problem(
                "rules.grades_gap",
                grades,
                band=band.id,
                most=band.most,
                expected=expected_top,
                places=places,
            )
        expected_top = band.least - step
    if not grades.value.bands or grades.value.bands[-1].least != 0:
        yield _problem("rules.grades_floor", grades)
    ids = [band.id for band in grades.value.bands]
    if len(set(ids)) != len(ids):
        yield _problem("rules.same_id_twice", grades)


def points_rise(rules: Rules) -> Iterator[Problem]:
    scales: list[Rule[Ladder] | Rule[Milestones]] = [
        *rules.of_kind(Ladder),
        *rules.of_kind(Milestones),
    ]
    for rule in scales:
        points = (rule.value.below, *rule.value.points)
        climbs = all(a < b for a, b in pairwise(points[1:]))
        if len(points) < 2 or not climbs or points[0] > points[1]:
            yield _problem("rules.points_do_not_rise", rule)
        if isinstance(rule.value, Ladder) and len(rule.value.levels) != len(rule.value.points):
            yield _problem("rules.levels_do_not_match", rule)


def rounds_lie_in_the_year(rules: Rules) -> Iterator[Problem]:
    for rule in rules.of_kind(Round):
        first, last = rule.value.first, rule.value.last
        if not (rules.year.first_day <= first <= last <= rules.year.last_day):
            yield _problem(
                "rules.round_outside_year",
                rule,
                first=first,
                last=last,
                year_first=rules.year.first_day,
                year_last=rules.year.last_day,
            )


def days_run_forward(rules: Rules) -> Iterator[Problem]:
    spans: list[Rule[Window] | Rule[Duty]] = [*rules.of_kind(Window), *rules.of_kind(Duty)]
    for rule in spans:
        if rule.value.first > rule.value.last:
            yield _problem(
                "rules.days_run_back", rule, first=rule.value.first, last=rule.value.last
            )


def a_due_day_on_a_holiday_moves_everywhere_or_nowhere(rules: Rules) -> Iterator[Problem]:
    """The day that a report is due and the day that its deduction counts from are one."""
    reporting, late = rules.the(Reporting), rules.the(LateDeduction)
    if reporting is None or late is None:
        return
    if reporting.value.due_on_holiday != late.value.due_on_holiday:
        yield _problem(
            "rules.due_on_holiday_differs",
            late,
            other=reporting.id,
            says=late.value.due_on_holiday,
            other_says=reporting.value.due_on_holiday,
        )


def holidays_reach_past_the_last_duty(rules: Rules) -> Iterator[Problem]:
    """To 31 January after the year at least, and past every day on which something is due."""
    if rules.day < rules.year.first_day:
        return
    lists = [rule for rule in rules.of_kind(Holidays) if rule.value.last is not None]
    first_need = date(rules.year.last_day.year + 1, 1, 31)
    needed = max([first_need, *(last for rule in rules.by_id.values() for last in _ends(rule))])
    if not lists:
        entries: list[Rule[object]] = [*rules.of_kind(Holidays), *rules.of_kind(Total)]
        yield _problem("rules.holidays_have_no_end", entries[0], needed=needed)
    elif max(rule.value.last for rule in lists if rule.value.last) < needed:
        yield _problem(
            "rules.holidays_end_early", lists[0], last=lists[0].value.last, needed=needed
        )


def _ends(rule: Rule[object]) -> Iterator[date]:
    """The last days on which something is due under a rule."""
    match rule.value:
        case Deadline(due=due) | Round(due=date() as due):
            yield due
        case Window(last=last) | Duty(last=last):
            yield last


def names_lead_somewhere(rules: Rules) -> Iterator[Problem]:
    """Every id that a rule mentions is a rule of the right kind, in force on the same day."""
    for rule in rules.by_id.values():
        for kinds, name in _mentions(rule):
            target = rules.by_id.get(name)
            if target is None or target.entry.kind not in kinds:
                names = "/".join(NAMES[kind] for kind in kinds)
                yield _problem("rules.name_leads_nowhere", rule, name=name, kind=names)


Mention = tuple[tuple[type[object], ...], str]  # the kinds that an entry may be of, and its id
_METHODS = (Ladder, Milestones, ShareOfPlan, GivenScore, WeightedItems)


def _mentions(rule: Rule[object]) -> Iterator[Mention]:
    match rule.value:
        case Component(parent=str(parent)):
            yield (Component,), parent
        case KpiKind(component=component, group=group):
            yield (Component,), component
            yield from (((KpiGroup,), name) for name in (group,) if name)
        case KpiCount(component=component) | KpiGroup(component=component):
            yield (Component,), component
        case StrategicKpis():
            value = rule.value
            yield from (((Committee,), name) for name in (value.opinion_by, value.approved_by))
            yield from (((KpiKind,), name) for name in value.joint_kinds)
            yield (Round,), value.reported_in
        case Round(components=components) | ChangeRules(components=components):
            yield from (((Component,), name) for name in components)
        case (
            LateDeduction(rounds=rounds)
            | CentralData(rounds=rounds)
            | SelfEvaluating(rounds=rounds)
        ):
            yield from (((Round,), name) for name in rounds)
        case Linkage(rounds=takes):
            for take in takes:
                yield (Round,), take.round
                yield from (((Component,), name) for name in take.components)
        case Route(steps=steps, rounds=rounds):
            yield from (((Committee,), step.committee) for step in steps if step.committee)
            yield from (((Round,), name) for name in rounds)
    yield from _mentions_of_methods_and_days(rule)


def _mentions_of_methods_and_days(rule: Rule[object]) -> Iterator[Mention]:
    match rule.value:
        case KpiTemplates(due=due, result=result):
            yield (Deadline,), due
            yield (Deadline,), result
        case Indicator(component=component, method=method):
            yield (Component,), component
            yield _METHODS, method
        case KindForm(kinds=kinds):
            yield from (((KpiKind,), kind) for kind in kinds)
        case KpiList(items=items):
            yield from (((KpiKind,), item.kpi_kind) for item in items if item.kpi_kind)
        case Total(rule="indicator", indicator=indicator):
            yield (Indicator,), indicator or ""


PROOFS: tuple[Proof, ...] = (
    what_scoring_needs_is_there,
    one_of_a_kind,
    weights_sum_to_one_hundred,
    grades_part_the_scale,
    points_rise,
    rounds_lie_in_the_year,
    days_run_forward,
    a_due_day_on_a_holiday_moves_everywhere_or_nowhere,
    names_lead_somewhere,
)


def refusals_name_their_clause(rules: Rules) -> Iterator[Problem]:
    """Every rule that refuses cites what it refuses by, or says that it is assumed."""
    for code, rule in refusals_without_clause(rules):
        yield _problem("rules.refusal_without_clause", rule, refusal=code)


def results_are_rounded(rules: Rules) -> Iterator[Problem]:
    """What reports work out of months and ratios has a rule of rounding."""
    if "result" not in {rule.value.figure for rule in rules.of_kind(Rounding)}:
        total = rules.of_kind(Total)[0]
        yield _problem("rules.rounding_missing", total, figure="result")


PROOFS_FOR_USE: tuple[Proof, ...] = (
    results_are_rounded,
    holidays_reach_past_the_last_duty,
    refusals_name_their_clause,
)
