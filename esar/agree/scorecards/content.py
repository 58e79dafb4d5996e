"""A scorecard as content: what a resolution binds, what a version freezes, what scoring takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from esar.agree.indicators.models import TEMPLATE_FIELDS, IndicatorVersion
from esar.agree.scorecards.frozen import AgreedItem, AgreedKpi, AgreedScorecard
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.round_targets import Basis, bases_of
from esar.kernel.chain import digest
from esar.law.rules.book import Rules
from esar.law.rules.kinds import GivenScore
from esar.law.rules.numbers import trimmed
from esar.law.scoring import facts
from esar.platform.organisations.models import Body
from esar.platform.ui import books


def kpis_of(scorecard: Scorecard) -> list[Kpi]:
    """The KPIs with their templates, by number. One query."""
    return kpis_of_many([scorecard])[scorecard.pk]


def kpis_of_many(scorecards: Iterable[Scorecard]) -> dict[int, list[Kpi]]:
    """Scorecard id → its KPIs by number. One query, however many scorecards."""
    by_card: dict[int, list[Kpi]] = {scorecard.pk: [] for scorecard in scorecards}
    kpis = Kpi.objects.filter(scorecard__in=list(by_card)).select_related("template__indicator")
    for kpi in kpis:
        by_card[kpi.scorecard_id].append(kpi)
    for card_kpis in by_card.values():
        card_kpis.sort(key=lambda kpi: sort_key(kpi.number))
    return by_card


def sort_key(number: str) -> tuple[tuple[int, str], ...]:
    """2 before 10: numbers are compared part by part."""
    parts = number.replace("-", ".").split(".")
    return tuple(
        (int(part), "") if part.isascii() and part.isdecimal() else (10**6, part) for part in parts
    )


def agreed_kpi(kpi: Kpi) -> AgreedKpi:
    """A KPI with its template as it stands now."""
    return AgreedKpi.from_json(kpi_content(kpi))


# A KPI's content, key by key, and the column that it stands in.
KPI_COLUMNS = {
    "number": "number",
    "component": "component",
    "kind": "kind",
    "indicator": "template__indicator__code",
    "indicator_version": "template__number",
    "weight": "weight",
    "targets": "targets",
    "evidence_plan": "evidence_plan",
    "cancelled": "cancelled",
    "rounds": "rounds",
    "answers": "answers",
    "items": "items",
    "effective_weight": "effective_weight",
    **{field: f"template__{field}" for field in TEMPLATE_FIELDS},
}
LEFT_OUT = ("rounds", "answers", "items", "effective_weight")  # where there is nothing in them
_columns_of = attrgetter(*(column.replace("__", ".") for column in KPI_COLUMNS.values()))


def kpi_content(kpi: Kpi) -> dict[str, Any]:
    """A KPI with its template as JSON: decimals as strings."""
    return _kpi_content(_columns_of(kpi))


def _kpi_content(values: Iterable[Any]) -> dict[str, Any]:
    """The content of a KPI whose columns hold these values, in the order of KPI_COLUMNS."""
    kpi = dict(zip(KPI_COLUMNS, values, strict=True))
    for key in LEFT_OUT:
        if not kpi[key] and kpi[key] != 0:
            del kpi[key]
    for key in ("weight", "effective_weight"):
        if kpi.get(key) is not None:
            kpi[key] = f"{trimmed(kpi[key]):f}"
    return kpi


def contents_of(scorecards: Iterable[Scorecard]) -> dict[int, dict[str, Any]]:
    """Scorecard id → its content, as `content` has it. One query, however many scorecards."""
    cards = {scorecard.pk: scorecard for scorecard in scorecards}
    by_card: dict[int, list[dict[str, Any]]] = {pk: [] for pk in cards}
    rows = Kpi.objects.filter(scorecard__in=list(cards)).order_by()
    for card, *values in rows.values_list("scorecard", *KPI_COLUMNS.values()):
        by_card[card].append(_kpi_content(values))
    for kpis in by_card.values():
        kpis.sort(key=lambda kpi: sort_key(kpi["number"]))
    return {pk: _content(cards[pk], kpis) for pk, kpis in by_card.items()}


def agreed(scorecard: Scorecard, kpis: list[Kpi] | None = None) -> AgreedScorecard:
    """Everything that is negotiated as it stands now. One query where `kpis` are not given."""
    return AgreedScorecard.from_json(content(scorecard, kpis))


def content(scorecard: Scorecard, kpis: list[Kpi] | None = None) -> dict[str, Any]:
    """Everything that was negotiated, as the JSON that a resolution binds and a version keeps."""
    if kpis is None:
        return contents_of([scorecard])[scorecard.pk]
    return _content(scorecard, list(map(kpi_content, kpis)))


def _content(scorecard: Scorecard, kpis: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "body": scorecard.body.code,
        "body_name": scorecard.body.name_th,
        "fiscal_year": scorecard.fiscal_year,
        "kpis": kpis,
        **({"action_plan": scorecard.action_plan} if scorecard.action_plan else {}),
    }


def content_hash(scorecard: Scorecard, kpis: list[Kpi] | None = None) -> str:
    return digest(content(scorecard, kpis))


def binding(scorecard: Scorecard, kpis: list[Kpi] | None = None) -> str:
    """ "none" before a resolution; "kept" while the content is what was resolved; else "broken"."""
    if not scorecard.approved_sha256:
        return "none"
    return "kept" if content_hash(scorecard, kpis) == scorecard.approved_sha256 else "broken"


@dataclass(frozen=True)
class Outcome:
    """What became of a KPI: a result, or steps done, or the decision that it does not apply.

    Neither means "not reported", which is not zero. Of a plan of activities, `plan` holds every
    output with what became of it, and `steps_done` the places (from 1) of those that came. Of a
    weighted average, `items` has the result of each item that has one, by its id.
    """

    actual: Decimal | None = None
    steps_done: tuple[int, ...] | None = None
    not_applicable: str = ""
    plan: facts.Plan | None = None
    items: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_reported(self) -> bool:
        """Whether there is a result; of a weighted average, of one item at least."""
        return self.actual is not None or self.steps_done is not None or bool(self.items)


def outcome_given(kpi: AgreedKpi, value: Decimal | None) -> Outcome:
    """What a value from another owner is of a KPI: the level reached, its result, or its points.

    Level n of milestones is steps 1 to n done. A figure that is no level names a step 0, which
    scoring refuses in a sentence: it is never taken for "not reported".
    """
    if value is None:
        return NOT_REPORTED
    if kpi.method != IndicatorVersion.Method.MILESTONES:
        return Outcome(trimmed(value))
    is_level = value == value.to_integral_value() and value >= 0
    return Outcome(steps_done=tuple(range(1, int(value) + 1)) if is_level else (0,))


def outcome_as_json(outcome: Outcome | None) -> dict[str, Any] | None:
    """An outcome as pages, results and the history keep it: decimals as strings."""
    if outcome is None:
        return None
    return {
        "actual": None if outcome.actual is None else f"{trimmed(outcome.actual):f}",
        "steps_done": None if outcome.steps_done is None else list(outcome.steps_done),
        **({"items": items_as_json(outcome.items)} if outcome.items else {}),
        "not_applicable": outcome.not_applicable,
    }


def items_as_json(items: Mapping[str, Decimal]) -> dict[str, str]:
    """Item id → its result as a decimal string."""
    return {name: f"{trimmed(result):f}" for name, result in items.items()}


def items_from_json(items: Mapping[str, str] | None) -> dict[str, Decimal]:
    """Item id → its result; nothing where nothing was reported."""
    return {name: Decimal(result) for name, result in (items or {}).items()}


def waits_for_points(kpi: AgreedKpi, rules: Rules) -> bool:
    """Whether the body reports what it achieved, and an assessor gives the points for it."""
    scale = rules.the(GivenScore)
    is_given = kpi.method == IndicatorVersion.Method.GIVEN
    return is_given and scale is not None and scale.value.entered_by == "assessor"


def outcome_of_plan(plan: facts.Plan | None) -> Outcome:
    """What a plan has come to; not reported where there is none or nobody reported an output."""
    if plan is None:
        return Outcome()
    outputs = [output.done for activity in plan.activities for output in activity.outputs]
    if all(one is None for one in outputs):
        return Outcome(plan=plan)
    return Outcome(
        None, tuple(place for place, one in enumerate(outputs, start=1) if one), "", plan
    )


def judged_plan(plan: facts.Plan, outcome: Outcome) -> facts.Plan:
    """The plan with the outputs that `outcome` says were done; unreported where it has none."""
    places = iter(range(1, 1000))

    def judged(output: facts.PlannedOutput) -> facts.PlannedOutput:
        place, places_done = next(places), outcome.steps_done
        return replace(output, done=None if places_done is None else place in places_done)

    return facts.Plan(
        tuple(
            replace(activity, outputs=tuple(judged(output) for output in activity.outputs))
            for activity in plan.activities
        )
    )


NOT_REPORTED = Outcome()


def as_facts(
    scorecard: Scorecard,
    kpis: list[Kpi],
    outcomes: Mapping[str, Outcome] | None = None,
    round_id: str = "",
) -> facts.Scorecard:
    """A scorecard being negotiated as scoring takes it, for a round or, as a rule, the year's."""
    round_id = round_id or books.last_round(scorecard.fiscal_year)
    return facts_of(agreed(scorecard, kpis), scorecard.body, round_id, outcomes or {})


def facts_of(
    card: AgreedScorecard,
    body: Body,
    round_id: str,
    outcomes: Mapping[str, Outcome],
    *,
    received: date | None = None,
    due: date | None = None,
    note: str = "",
) -> facts.Scorecard:
    """What was agreed with what became of it, as scoring takes it: each KPI as the round holds it.

    Errors: LookupError where the year has no such round for the body.
    """
    bases = bases_of(card, body.kind, round_id)
    return facts.Scorecard(
        card.fiscal_year,
        body.kind,
        body.name_th,
        round_id,
        tuple(
            _fact(kpi, bases[kpi.number], outcomes.get(kpi.number, NOT_REPORTED))
            for kpi in card.kpis
        ),
        received,
        body.code if body.kind == body.Kind.PROVINCE else None,
        body.code,
        note,
        due,
    )


def _fact(kpi: AgreedKpi, basis: Basis, outcome: Outcome) -> facts.Kpi:
    return facts.Kpi(
        kpi.number,
        kpi.component or None,
        kpi.share,
        result_of(kpi, basis.ladder, outcome),
        kpi.name,
        kpi.unit,
        kpi.cancelled or outcome.not_applicable,
        basis.held_to,
        kpi.kind,
    )


def result_of(kpi: AgreedKpi, ladder: tuple[Decimal, ...], outcome: Outcome) -> facts.Result:
    """What became of a KPI in the form that its method asks for; `ladder` are its targets."""
    if kpi.method == IndicatorVersion.Method.GIVEN:
        return facts.Given(outcome.actual)
    if kpi.method == IndicatorVersion.Method.PLAN:
        return outcome.plan or facts.Plan(())
    if kpi.method == IndicatorVersion.Method.MILESTONES:
        steps = outcome.steps_done
        return facts.StepsDone(None if steps is None else frozenset(steps))
    if kpi.method == IndicatorVersion.Method.ITEMS:
        return facts.Items(tuple(_item(item, outcome) for item in kpi.items))
    return facts.Measured(kpi.direction or "higher", ladder, outcome.actual)


def _item(item: AgreedItem, outcome: Outcome) -> facts.Item:
    measured = facts.Measured(item.direction, item.ladder, outcome.items.get(item.id))
    return facts.Item(item.id, item.share, measured, item.name, item.unit)
