"""What is wrong, or missing, in a scorecard under its year's rules: all of it, at any moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from esar.agree.agendas.queries import JOINT_KIND, indicators_named
from esar.agree.indexes.queries import unregistered
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import library, listed_for_others
from esar.agree.scorecards.content import agreed_kpi, as_facts, kpis_of
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.kpi_forms import form_of_kind, gaps_in, kinds_with_index, unanswered
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.round_targets import notes_on, problems_in
from esar.kernel.problems import Place, Problem
from esar.kernel.units import is_percentage
from esar.kernel.wording import Word, say
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import (
    NAMES,
    Component,
    Indicator,
    KpiKind,
    KpiTemplates,
    Ladder,
    Milestones,
    ProposalFields,
    Round,
    ShareOfPlan,
    Signing,
    Total,
    WeightedItems,
)
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.law.rules.owners import rules_for
from esar.law.rules.refusals import refusal
from esar.law.scoring import checks
from esar.law.scoring.components import leaf_components
from esar.platform.organisations.models import Body
from esar.platform.ui import books


def signers_of(scorecard: Scorecard) -> list[str]:
    """Who signs, in order, by the rulebook's signing pairs; none where a year has no signing."""
    _, rules = rules_of(scorecard)
    signers: list[str] = []
    for rule in rules.of_kind(Signing):
        for text in (rule.value.signs, *rule.value.signs_with):
            if text.th not in signers:
                signers.append(text.th)
    return signers


def rule_of(scorecard: Scorecard) -> TemplatesRule | None:
    """What the year says of KPI templates; None where they are whole when they are proposed."""
    rule = rules_of(scorecard)[1].the(TemplatesRule) if has_rules(scorecard) else None
    return rule.value if rule else None


def rules_of(scorecard: Scorecard) -> tuple[Rulebook, Rules]:
    """The year's rulebook, and what binds for the body on the year's last day.

    Errors: LookupError when the year has no rulebook.
    """
    book = books.book(scorecard.fiscal_year)
    if book is None:
        raise LookupError(scorecard.fiscal_year)
    return book, book.on(book.year.last_day, scorecard.body.kind)


def has_rules(scorecard: Scorecard) -> bool:
    """Whether the year has a rulebook that this class of body has a scorecard in."""
    book = books.book(scorecard.fiscal_year)
    return book is not None and scorecard.body.kind in book.body_kinds()


NEEDED_WORDS = ("definition", "formula", "data_source", "collection", "owner")


def check(scorecard: Scorecard, kpis: list[Kpi]) -> tuple[list[Problem], list[Problem]]:
    """Problems, which stop a proposal, and warnings, which do not."""
    _, rules = rules_of(scorecard)
    round_rule = rules.need(f"round.{books.last_round(scorecard.fiscal_year)}", Round)
    problems = [problem for kpi in kpis for problem in _incomplete(kpi, rules)]
    agreed_kpis = [agreed_kpi(kpi) for kpi in kpis]
    problems += [problem for kpi in agreed_kpis for problem in problems_in(kpi, rules)]
    problems += [problem for kpi in agreed_kpis for problem in gaps_in(kpi, rules)]
    problems += _without_sub_indicator(scorecard, kpis, rules)
    if has_action_plan(rules) and not scorecard.action_plan:
        problems.append(refusal("scorecard.no_action_plan", rules.by_id["agreement.parts"], {}))
    by_the_law, warnings = checks.check(as_facts(scorecard, kpis), rules, round_rule)
    warnings += [note for kpi in agreed_kpis for note in notes_on(kpi, rules)]
    warnings += _of_partners(scorecard, agreed_kpis)
    warnings += _of_indexes(agreed_kpis, rules)
    return problems + by_the_law, warnings


def _without_sub_indicator(
    scorecard: Scorecard, kpis: Collection[Kpi], rules: Rules
) -> Iterator[Problem]:
    """A joint KPI by agenda that is none by which the body reports a sub-indicator it holds."""
    joint_kpis = [kpi for kpi in kpis if kpi.kind == JOINT_KIND]
    if not joint_kpis:
        return
    indicators = indicators_named(scorecard.body, scorecard.fiscal_year)
    for kpi in joint_kpis if indicators is not None else ():
        if kpi.template.indicator_id not in (indicators or ()):
            rule = rules.get(JOINT_KIND, KpiKind)
            place = Place(field=say("place.kpi", {"number": kpi.number}, "th"))
            yield refusal("scorecard.no_sub_indicator", rule, {"kpi": kpi.number}, place)


def _of_indexes(kpis: Collection[AgreedKpi], rules: Rules) -> Iterator[Problem]:
    """A KPI whose form asks for an index and that names none of the register. One query at most."""
    kinds = kinds_with_index(rules)
    international = [kpi for kpi in kpis if kpi.kind in kinds]
    strangers = set(unregistered(code for kpi in international for code in kpi.indexes))
    for kpi in international:
        if kpi.answers and not set(kpi.indexes) - strangers:  # one without answers is told already
            yield Problem("kpi.index_not_registered", {"kpi": kpi.number})


def _of_partners(scorecard: Scorecard, kpis: Collection[AgreedKpi]) -> Iterator[Problem]:
    """A partner that has not the same KPI, or has it with other targets. One query at most."""
    shared_kpis = [kpi for kpi in kpis if kpi.partners]
    partners = {code for kpi in shared_kpis for code in kpi.partners}
    mirrors: dict[str, list[AgreedKpi]] = {code: [] for code in partners}
    if partners:
        their_kpis = Kpi.objects.filter(
            scorecard__body__code__in=partners,
            scorecard__fiscal_year=scorecard.fiscal_year,
            kind__in={kpi.kind for kpi in shared_kpis},
        )
        for row in their_kpis.select_related("template__indicator", "scorecard__body"):
            mirrors[row.scorecard.body.code].append(agreed_kpi(row))
    for kpi in shared_kpis:
        for partner in kpi.partners:
            if problem := _of_partner(kpi, scorecard.body, partner, mirrors[partner]):
                yield problem


def _of_partner(
    kpi: AgreedKpi, body: Body, partner: str, their_kpis: Collection[AgreedKpi]
) -> Problem | None:
    """Which KPI is the mirror: of the same kind, it names this body; if several do, by its name."""
    figures: dict[str, object] = {"kpi": kpi.number, "partner": partner}
    if partner == body.code:
        return Problem("kpi.partner_is_itself", figures)
    mirrors = [theirs for theirs in their_kpis if body.code in theirs.partners]
    of_the_name = [theirs for theirs in mirrors if theirs.name == kpi.name]
    if not mirrors:
        return Problem("kpi.partner_has_none", figures)
    same = (
        (theirs.targets, theirs.unit) == (kpi.targets, kpi.unit)
        for theirs in of_the_name or mirrors
    )
    return None if any(same) else Problem("kpi.partner_differs", figures)


def is_of_items(problem: Problem, number: str) -> bool:
    """Whether a problem is of the items of the KPI of this number: what none may ask for."""
    path = str(problem.figures.get("kpi", ""))
    return path.startswith(f"{number}/") or (problem.code, path) == ("score.no_items", number)


def _incomplete(kpi: Kpi, rules: Rules) -> Iterator[Problem]:
    yield from _unfit_for_its_owner(kpi, rules)
    if kpi.template.indicator.is_of_the_rules:
        return
    place = Place(field=say("place.kpi", {"number": kpi.number}, "th"))
    kinds = kinds_for(rules, kpi.component)
    if kinds and kpi.kind not in kinds:
        allowed = ", ".join(rule.label.th for rule in kinds.values())
        home = next(iter(kinds.values()))
        figures: dict[str, object] = {"kpi": kpi.number, "allowed": allowed}
        yield refusal("scorecard.kind_not_allowed", home, figures, place)
    missing = tuple(
        Word(f"label.{field}")
        for field in needed_of(kpi, rules)
        if not getattr(kpi.template, field).strip()
    )
    if missing:
        yield Problem("scorecard.fields_missing", {"kpi": kpi.number, "fields": missing}, place)
    if kpi.template.method == IndicatorVersion.Method.LADDER and not kpi.template.direction:
        yield Problem("kpi.direction_not_chosen", {"kpi": kpi.number}, place)
    if (
        is_percentage(kpi.template.unit)
        and kpi.template.accumulation == IndicatorVersion.Accumulation.MEAN
    ):
        yield Problem("scorecard.mean_of_percentages", {"kpi": kpi.number}, place)


# How a KPI may be scored whose result is one value from another owner.
SERVED_BY_A_VALUE = (
    IndicatorVersion.Method.LADDER,
    IndicatorVersion.Method.MILESTONES,
    IndicatorVersion.Method.GIVEN,
)


def _unfit_for_its_owner(kpi: Kpi, rules: Rules) -> Iterator[Problem]:
    """A KPI whose result one owner gives for all is scored from one value, or cannot be."""
    owners = rules_for(rules, kpi.component, kpi.template.indicator.listed_as)
    if owners and kpi.template.method not in SERVED_BY_A_VALUE:
        figures: dict[str, object] = {"kpi": kpi.number, "rule": owners[0].label}
        place = Place(field=say("place.kpi", {"number": kpi.number}, "th"))
        yield refusal("scorecard.owner_gives_one_value", owners[0], figures, place)


def has_action_plan(rules: Rules) -> bool:
    """Whether the year's agreement tells the action plan that it rests on."""
    return "agreement.parts" in rules.by_id


def needed_of(kpi: Kpi, rules: Rules | None) -> tuple[str, ...]:
    """The fields of its template that a KPI of its method needs to be proposed.

    The year's rules name them, whether its KPI templates are whole then or are sent in later.
    """
    if rules is None:
        return ()
    if (later := rules.the(KpiTemplates)) is not None:
        return later.value.with_proposal
    rule = rules.the(ProposalFields)
    if rule is None:
        return ()
    is_given = kpi.template.method == IndicatorVersion.Method.GIVEN
    return rule.value.given if is_given else rule.value.computed


def methods_of(rules: Rules) -> list[str]:
    """How a year scores the KPIs that bodies propose: on its ladder, by milestones, or as given.

    A KPI may also be the weighted average of items, where the year has a rule for it.
    """
    methods = [NAMES[kind] for kind in (Ladder, Milestones) if rules.of_kind(kind)]
    if rules.of_kind(WeightedItems):
        methods.append(IndicatorVersion.Method.ITEMS)
    return methods or [IndicatorVersion.Method.GIVEN]


def weighs(rules: Rules) -> bool:
    """Whether the year's KPIs have weights."""
    return rules.of_kind(Total)[0].value.rule == "weighted_sum"


def indicators_of_a_plan(rules: Rules) -> list[Rule[Indicator]]:
    """Named indicators that are scored as the share of a plan that was achieved."""
    return [
        rule
        for rule in rules.of_kind(Indicator)
        if rules.by_id[rule.value.method].entry.kind is ShareOfPlan
    ]


def kinds_for(rules: Rules, component: str) -> dict[str, Rule[KpiKind]]:
    """Kinds of KPI that a component may hold, by rule id; empty where it is itself the KPI."""
    return {rule.id: rule for rule in rules.of_kind(KpiKind) if rule.value.component == component}


def components_with_kinds(rules: Rules) -> list[Rule[Component]]:
    """Components that a body fills with KPIs of its own."""
    return [rule for rule in leaf_components(rules) if kinds_for(rules, rule.id)]


def components_given(rules: Rules) -> list[Rule[Component]]:
    """Evaluated components that are one KPI each, with points from another owner."""
    return [
        rule
        for rule in leaf_components(rules)
        if rule.value.evaluated and not kinds_for(rules, rule.id)
    ]


def completeness(kpi: Kpi, rules: Rules | None) -> int:
    """Per cent of what a KPI needs that is filled in, 0 to 100."""
    if kpi.template.indicator.is_of_the_rules:
        return 100
    filled = [bool(getattr(kpi.template, field).strip()) for field in needed_of(kpi, rules)]
    filled += [bool(kpi.kind), bool(kpi.evidence_plan)]
    form = form_of_kind(kpi.kind, rules) if rules else None
    if rules and form:
        needed = [ask for ask in form.value.asks if ask.needed]
        missing = unanswered(kpi.kind, kpi.answers, rules)
        filled += [ask not in missing for ask in needed]
    if kpi.template.method != IndicatorVersion.Method.GIVEN:
        filled += [kpi.weight is not None, bool(kpi.targets or kpi.items)]
    return sum(filled) * 100 // len(filled)


@dataclass(frozen=True)
class LastYears:
    """A KPI of the year before, with the number that it could have here, or why it cannot be."""

    kpi: Kpi
    number: str
    why_not: Problem | None = None


def last_years_kpis(scorecard: Scorecard) -> list[LastYears]:
    """Every KPI that the body had the year before, by number. Four queries."""
    before = Scorecard.objects.filter(
        body=scorecard.body, fiscal_year=scorecard.fiscal_year - 1
    ).first()
    here = {kpi.template.indicator_id: kpi.number for kpi in kpis_of(scorecard)}
    numbers, offered = set(here.values()), []
    for kpi in kpis_of(before) if before else ():
        why_not = _why_not_taken_over(kpi, scorecard, here)
        number = kpi.number if why_not else _free_number(kpi.number, numbers)
        if not why_not:
            numbers.add(number)
        offered.append(LastYears(kpi, number, why_not))
    return offered


@dataclass(frozen=True)
class Listed:
    """An indicator of the library, or why it cannot be taken for a scorecard."""

    template: IndicatorVersion
    why_not: Problem | None = None

    @property
    def says(self) -> tuple[Word, ...]:
        """What it says already of what a KPI needs; the rest is its writer's."""
        names = ("unit", "direction", *NEEDED_WORDS)
        return tuple(Word(f"label.{name}") for name in names if getattr(self.template, name))


def place_in_library(template: IndicatorVersion) -> str:
    """What an indicator of OPDC's list and one that a body made from it have in common."""
    return template.indicator.listed_as or template.indicator.code


def library_for(scorecard: Scorecard) -> list[Listed]:
    """What the library offers a scorecard, by name; last what cannot be taken. Two queries."""
    here = {place_in_library(kpi.template): kpi.number for kpi in kpis_of(scorecard)}
    versions = library(body=scorecard.body_id, year=scorecard.fiscal_year).exclude(
        listed_for_others(scorecard.fiscal_year, scorecard.body.kind)
    )
    methods = methods_of(rules_of(scorecard)[1])
    offered = []
    for version in sorted(versions, key=lambda version: (version.name, version.pk)):
        figures: dict[str, object] = {"number": here.get(place_in_library(version))}
        why_not = Problem("kpi.already_here", figures) if figures["number"] else None
        if why_not is None and version.method not in methods:
            figures = {"number": version.indicator.code, "year": scorecard.fiscal_year}
            why_not = Problem("reuse.other_rules", figures)
        offered.append(Listed(version, why_not))
    return sorted(offered, key=lambda listed: listed.why_not is not None)


def homes_of_kinds(rules: Rules) -> dict[str, Rule[Component]]:
    """The component that each kind of KPI stands in, by the id of the kind."""
    return {
        kind: component
        for component in components_with_kinds(rules)
        for kind in kinds_for(rules, component.id)
    }


def next_number(home: str, numbers: Collection[str]) -> str:
    """The first number that is free in the component of this number."""
    return next(f"{home}.{place}" for place in range(1, 1000) if f"{home}.{place}" not in numbers)


def _why_not_taken_over(kpi: Kpi, scorecard: Scorecard, here: Mapping[int, str]) -> Problem | None:
    _, rules = rules_of(scorecard)
    figures: dict[str, object] = {"number": kpi.number, "year": scorecard.fiscal_year}
    if kpi.template.indicator.is_of_the_rules:
        return Problem("reuse.of_the_rules", figures)
    if kpi.cancelled:
        return Problem("reuse.cancelled", figures)
    if kpi.template.indicator_id in here:
        return Problem("reuse.is_here", figures | {"here": here[kpi.template.indicator_id]})
    if kpi.kind not in kinds_for(rules, kpi.component) or kpi.template.method not in methods_of(
        rules
    ):
        return Problem("reuse.other_rules", figures)
    return None


def _free_number(number: str, numbers: Collection[str]) -> str:
    """The number itself, or the next that is free after it: 1.2 → 1.3."""
    start, _, last = number.rpartition(".")
    place = int(last) if last.isascii() and last.isdecimal() else 1
    while number in numbers:
        place += 1
        number = f"{start}.{place}" if start else str(place)
    return number
