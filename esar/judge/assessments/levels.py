"""What each level makes of each KPI, each on top of the former, and what that scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import (
    Outcome,
    facts_of,
    items_from_json,
    judged_plan,
    outcome_given,
    outcome_of_plan,
    waits_for_points,
)
from esar.agree.scorecards.counted_weights import Weight, weights_of, weights_scored
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.models import ScorecardVersion
from esar.agree.scorecards.round_targets import Basis, bases_of
from esar.judge.assessments.models import Assessment, Judgement
from esar.judge.assessments.queries import judgements_of, levels_of
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Assessment as Levels
from esar.law.rules.kinds import CentralData
from esar.law.rules.numbers import trimmed
from esar.law.rules.owners import rule_for
from esar.law.scoring import facts
from esar.law.scoring.inputs import plan_from_input
from esar.law.scoring.scorecard import Score, score
from esar.report.central_data.models import CentralValue
from esar.report.central_data.queries import values_for
from esar.report.reports.frozen import SentClaim
from esar.report.reports.queries import extended_day

SELF = "self"


@dataclass(frozen=True)
class Layer:
    """One level's view: the outcome of every KPI, what it judged itself, and the score of it."""

    level: str
    outcomes: Mapping[str, Outcome]
    judged: Mapping[str, Judgement]
    card: facts.Scorecard
    score: Score | None
    problems: tuple[Problem, ...] = ()

    @property
    def scores(self) -> dict[str, Any]:
        """KPI number → its score."""
        return {score.kpi.id: score for score in self.score.kpis} if self.score else {}


@dataclass(frozen=True)
class Layers:
    """The self-assessment and every level on top of it, with what they all speak of."""

    version: ScorecardVersion
    claims: Mapping[str, SentClaim]
    central: Mapping[str, CentralValue | None]  # numbers of central KPIs → what counts
    layers: tuple[Layer, ...]
    bases: Mapping[str, Basis]  # what the round holds each KPI to
    agreed_weights: Mapping[str, Weight]
    owners: Mapping[str, Rule[CentralData]] = field(default_factory=dict)  # whose values those are
    waiting: frozenset[str] = frozenset()  # KPIs whose points are an assessor's to give

    @property
    def typed_points(self) -> dict[str, str]:
        """Waiting KPIs whose figure the body sent in as points, when points were still its own."""
        return {
            number: claim.actual or ""
            for number in self.waiting
            if (claim := self.claims.get(number)) is not None and typed_as_points(claim)
        }

    def weights(self, state: str) -> Mapping[str, Weight]:
        """The weights as the last level reached has them; as agreed where it cannot be scored."""
        scores = self.reached(state)[-1].scores
        return weights_scored(scores.values()) if scores else self.agreed_weights

    def at(self, level: str) -> Layer:
        return next(layer for layer in self.layers if layer.level == level)

    def under(self, level: str) -> Layer:
        """What a level judges: the layer before its own."""
        names = [layer.level for layer in self.layers]
        return self.layers[names.index(level) - 1]

    @property
    def final(self) -> Layer:
        return self.layers[-1]

    def reached(self, state: str) -> tuple[Layer, ...]:
        """The layers up to the level at whose desk it is; all of them when it is done."""
        names = [layer.level for layer in self.layers]
        return self.layers[: names.index(state) + 1] if state in names else self.layers

    @property
    def numbers(self) -> list[str]:
        return [kpi.number for kpi in self.version.agreed.kpis]


def layers_of(assessment: Assessment) -> Layers:
    """Every layer of an assessment. A constant number of queries.

    What is the body's own is as it was sent in; a central value is as it counts now.
    """
    report = assessment.report
    sent = assessment.version.sent_in
    version = ScorecardVersion.objects.get(
        scorecard=report.scorecard, number=sent.scorecard_version
    )
    claims = sent.by_number()
    owners = _owners(assessment, version)
    central = _central(assessment, owners)
    levels = levels_of(assessment)
    waiting = _waiting(assessment, version, central, claims, levels)
    outcomes = {
        kpi.number: Outcome()
        if kpi.number in waiting
        else _outcome_of_claim(claims[kpi.number], kpi, central)
        for kpi in version.agreed.kpis
        if kpi.number in claims
    }
    judged = judgements_of(assessment)
    layers = [_layer(assessment, version, SELF, outcomes, {})]
    for level in levels:
        judgements = judged.get(level.id, {})
        outcomes = outcomes | {
            number: outcome_of(judgement, outcomes.get(number))
            for number, judgement in judgements.items()
        }
        layers.append(_layer(assessment, version, level.id, outcomes, judgements))
    card = report.scorecard
    return Layers(
        version,
        claims,
        central,
        tuple(layers),
        bases_of(version.agreed, card.body.kind, report.round_id),
        weights_of(version.agreed, card.body),
        owners,
        waiting,
    )


def typed_as_points(claim: SentClaim) -> bool:
    """Whether a figure was scored as points when it was sent in.

    A result that waits for points is sent in with none; a figure that is its own points, 0 among
    them, was typed under the rules of before.
    """
    if claim.status != "reported" or not claim.actual or claim.points is None:
        return False
    return Decimal(claim.points) == Decimal(claim.actual)


def _waiting(
    assessment: Assessment,
    version: ScorecardVersion,
    central: Mapping[str, CentralValue | None],
    claims: Mapping[str, SentClaim],
    levels: Sequence[Levels.Level],
) -> frozenset[str]:
    """KPIs of which the body reports a result and an assessor gives the points.

    Points of before that OPDC has passed on already stand as it passed them.
    """
    _, rules = rules_of(assessment.report.scorecard)
    is_passed = _is_past_opdc(assessment.state, levels)
    return frozenset(
        kpi.number
        for kpi in version.agreed.kpis
        if kpi.number not in central
        and waits_for_points(kpi, rules)
        and not (is_passed and kpi.number in claims and typed_as_points(claims[kpi.number]))
    )


def _is_past_opdc(state: str, levels: Sequence[Levels.Level]) -> bool:
    """Whether every level of OPDC's has passed it on."""
    ids = [level.id for level in levels]
    ahead = levels[ids.index(state) :] if state in ids else ()
    return all(level.office != "opdc" for level in ahead)


def _owners(assessment: Assessment, version: ScorecardVersion) -> dict[str, Rule[CentralData]]:
    """The central KPIs of the scorecard, each with the rule that names its owner."""
    _, rules = rules_of(assessment.report.scorecard)
    kpis = version.agreed.kpis
    codes = [kpi.indicator for kpi in kpis]
    listed_as = dict(Indicator.objects.filter(code__in=codes).values_list("code", "listed_as"))
    owners = {}
    for kpi in kpis:
        item = listed_as.get(kpi.indicator, "")
        rule = rule_for(rules, kpi.component, item, assessment.report.round_id)
        if rule is not None:
            owners[kpi.number] = rule
    return owners


def _central(
    assessment: Assessment, owners: Mapping[str, Rule[CentralData]]
) -> dict[str, CentralValue | None]:
    """The value of each central KPI that counts now."""
    card = assessment.report.scorecard
    delivered = values_for(card.body, card.fiscal_year, assessment.report.round_id)
    return {number: delivered.get(rule.id) for number, rule in owners.items()}


def _outcome_of_claim(
    claim: SentClaim, kpi: AgreedKpi, central: Mapping[str, CentralValue | None]
) -> Outcome:
    """What a KPI came to by itself: the central value, or what the body sent in."""
    if claim.number in central:
        central_value = central[claim.number]
        return outcome_given(kpi, central_value.value if central_value else None)
    if claim.status == "plan":
        return outcome_of_plan(plan_from_input(claim.plan) if claim.plan is not None else None)
    if claim.status != "reported":
        return Outcome()
    steps, actual = claim.steps_done, claim.actual
    return Outcome(
        None if actual is None else Decimal(actual),
        None if steps is None else tuple(steps),
        items=items_from_json(claim.items),
    )


def outcome_of(judgement: Judgement, former: Outcome | None = None) -> Outcome:
    """What a level judged; of a plan of activities, which of the former's outputs came."""
    if judgement.status == "not_applicable":
        return Outcome(not_applicable=judgement.reason)
    steps = judgement.steps_done
    actual = None if judgement.actual is None else trimmed(judgement.actual)
    outcome = Outcome(
        actual,
        None if steps is None else tuple(steps),
        items=items_from_json(judgement.items),
    )
    if former is not None and former.plan is not None:
        return replace(outcome, plan=judged_plan(former.plan, outcome))
    return outcome


def _layer(
    assessment: Assessment,
    version: ScorecardVersion,
    level: str,
    outcomes: Mapping[str, Outcome],
    judged: Mapping[str, Judgement],
) -> Layer:
    report = assessment.report
    card = facts_of(
        version.agreed,
        report.scorecard.body,
        report.round_id,
        outcomes,
        received=report.received_on,
        due=extended_day(report),
        note=_note(assessment),
    )
    book, _ = rules_of(report.scorecard)
    try:
        return Layer(level, outcomes, judged, card, score(card, book))
    except Refused as refused:
        return Layer(level, outcomes, judged, card, None, refused.problems)


def _note(assessment: Assessment) -> str:
    if assessment.report.scorecard.is_demo:
        return both("results-sheet.demo_data_not_a_real")
    return ""
