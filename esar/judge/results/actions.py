"""Writes: a result is recorded once and never quietly changed; a correction is the next one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from esar.agree.scorecards.content import Outcome, items_as_json
from esar.exchange.files.reading import read_scorecards
from esar.judge.assessments.levels import Layer, Layers, layers_of
from esar.judge.assessments.models import Assessment
from esar.judge.results import permissions, rulebooks
from esar.judge.results.facts import card_of, outcomes_of, with_outcomes
from esar.judge.results.life import RESULT_LIFE
from esar.judge.results.models import Result, RouteStep
from esar.judge.results.queries import HEAVY
from esar.judge.results.route import Step, results_route, steps_of
from esar.judge.results.states import ResultState
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.rules.refusals import refusal
from esar.law.scoring.compared import same_figures
from esar.law.scoring.inputs import scorecard_as_input
from esar.law.scoring.scorecard import Score, score
from esar.law.scoring.wire import score_as_json
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books
from esar.report.central_data.models import CentralValue
from esar.report.reports.content import total_text

APPEAL = "appeal"  # the stage after the last level
WAITS_FOR_POINTS = "waits_for_points"  # reported, and no level has given its points yet


@transaction.atomic
def record_result(body: Body, result_score: Score, *, is_demo: bool, at: datetime) -> Result:
    """Keep a score that comes from a file, as released. The same score again is the same row.

    Errors: Refused when another score is already kept for this body and round.
    """
    explanation = score_as_json(result_score)
    rulebooks.keep(result_score.card.year, result_score.rulebook_sha256)
    result, created = Result.objects.select_for_update().get_or_create(
        body=body,
        fiscal_year=result_score.card.year,
        round_id=result_score.card.round,
        number=1,
        defaults=_fields(result_score, explanation, at=at)
        | {"is_demo": is_demo, "state": ResultState.RELEASED, "released_at": at},
    )
    if not created and not same_figures(result.explanation, explanation):
        figures = {
            "body": body.code,
            "year": result_score.card.year,
            "round": result_score.card.round,
        }
        raise Refused([Problem("result.already_recorded", figures)])
    return result


def _fields(result_score: Score, explanation: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    return {
        "total": result_score.total,
        "grade_id": result_score.grade.id if result_score.grade else "",
        "rulebook_sha256": result_score.rulebook_sha256,
        "explanation": explanation,
        "inputs": scorecard_as_input(result_score.card),
        "computed_at": at,
    }


@transaction.atomic
def compute(assessment: Assessment, *, by: Person, at: datetime) -> Result:
    """The result of an assessment that every level has passed on: frozen, not released.

    Errors: Refused when it cannot be scored.
    """
    layers = layers_of(assessment)
    final = layers.final
    if final.score is None:
        raise Refused(final.problems)
    card = assessment.report.scorecard
    return _next(
        card.body,
        final.score,
        assessment=assessment,
        stages=stages_of(layers),
        reason="",
        is_demo=card.is_demo,
        by=by,
        at=at,
    )


def _next(
    body: Body,
    result_score: Score,
    *,
    assessment: Assessment,
    stages: dict[str, Any],
    reason: str,
    is_demo: bool,
    by: Person,
    at: datetime,
) -> Result:
    """The next number for a body and round; one that still waits gives way to it."""
    rulebooks.keep(result_score.card.year, result_score.rulebook_sha256)
    same = Result.objects.filter(
        body=body, fiscal_year=result_score.card.year, round_id=result_score.card.round
    )
    for waiting in same.filter(state=ResultState.COMPUTED).defer(*HEAVY):
        _supersede(waiting, at=at)
    last = same.aggregate(last=Max("number"))["last"] or 0
    result = Result.objects.create(
        body=body,
        fiscal_year=result_score.card.year,
        round_id=result_score.card.round,
        number=last + 1,
        assessment=assessment,
        stages=stages,
        reason=reason,
        is_demo=is_demo,
        **_fields(result_score, score_as_json(result_score), at=at),
    )
    record(
        "result.computed",
        result,
        by=by,
        at=at,
        body=body.code,
        reason=reason,
        after={
            "number": result.number,
            "total": f"{result_score.total:f}",
            "grade": result.grade_id,
            "sha256": digest(result.explanation),
        },
    )
    return result


def stages_of(layers: Layers) -> dict[str, Any]:
    """Self, each level and why it differs, as JSON: what a result keeps apart."""
    return {
        "order": [layer.level for layer in layers.layers],
        "totals": {layer.level: total_text(layer.score) for layer in layers.layers if layer.score},
        "kpis": {
            number: {layer.level: _stage(layers, layer, number) for layer in layers.layers}
            for number in layers.numbers
        },
    }


def _stage(layers: Layers, layer: Layer, number: str) -> dict[str, Any]:
    """What a level made of a KPI; of one that waits for its points, what the body reported."""
    judged, claim = layer.judged.get(number), layers.claims.get(number)
    outcome = layer.outcomes.get(number, Outcome())
    stage = _as_json(outcome, layer.scores.get(number), judged.reason if judged else "")
    is_reported = claim is not None and claim.status == "reported" and outcome.actual is None
    if claim is None or number not in layers.waiting or not is_reported:
        return stage
    return stage | {"actual": claim.actual, "points": None, "status": WAITS_FOR_POINTS}


def _as_json(outcome: Outcome, kpi_score: Any, reason: str) -> dict[str, Any]:
    return {
        "actual": None if outcome.actual is None else f"{outcome.actual:f}",
        "steps_done": None if outcome.steps_done is None else list(outcome.steps_done),
        **({"items": items_as_json(outcome.items)} if outcome.items else {}),
        "points": None
        if kpi_score is None or kpi_score.points is None
        else f"{kpi_score.points:f}",
        "status": kpi_score.status if kpi_score else "",
        "reason": reason,
    }


@transaction.atomic
def correct(
    result: Result, outcomes: dict[str, Outcome], *, reason: str, by: Person, at: datetime
) -> Result:
    """A new result with other outcomes of some KPIs, under the same rules; the old one stays.

    Everything else is as the old one has it, whatever was delivered or judged since.

    Errors: Refused without a reason, without an assessment, or when it cannot be scored.
    """
    if not reason.strip():
        raise Refused([Problem("form.no_reason")])
    assessment = result.assessment
    if assessment is None:
        raise Refused([Problem("result.not_from_an_assessment")])
    card = with_outcomes(card_of(result), outcomes)
    try:
        new_score = score(card, rulebooks.book_of(result.rulebook_sha256))
    except LookupError as error:
        figures: dict[str, object] = {"year": result.fiscal_year}
        raise Refused([Problem("result.rules_not_kept", figures)]) from error
    stages = _with_stage(
        result.stages, new_score, outcomes_of(result) | outcomes, set(outcomes), reason
    )
    return _next(
        result.body,
        new_score,
        assessment=assessment,
        stages=stages,
        reason=reason.strip(),
        is_demo=result.is_demo,
        by=by,
        at=at,
    )


def _with_stage(
    stages: dict[str, Any],
    new_score: Score,
    outcomes: dict[str, Outcome],
    changed: set[str],
    reason: str,
) -> dict[str, Any]:
    """The stages of the result before, with what an appeal made of it as the last."""
    scores = {kpi_score.kpi.id: kpi_score for kpi_score in new_score.kpis}
    order = [stage for stage in stages["order"] if stage != APPEAL]
    kpis = {
        number: by_stage
        | {APPEAL: _as_json(outcomes[number], scores[number], reason if number in changed else "")}
        for number, by_stage in stages["kpis"].items()
    }
    totals = stages["totals"] | {APPEAL: total_text(new_score)}
    return {"order": [*order, APPEAL], "totals": totals, "kpis": kpis}


def _supersede(result: Result, *, at: datetime) -> None:
    """What another number takes the place of is kept."""
    RESULT_LIFE.move(result, "supersede", by=None, at=at, on=timezone.localdate(at))


@transaction.atomic
def release(
    results: Iterable[Result],
    *,
    by: Person,
    at: datetime,
    on: date,
    seen: Mapping[int, str] | None = None,
) -> int:
    """Release results, all of them or none; what each takes the place of is kept. How many.

    `seen` is the token of each row of the list, by result; None where no page is behind it.
    """
    require(permissions.may_release(by, on))
    rows = Result.objects.filter(pk__in=[result.pk for result in results])
    chosen = list(rows.defer(*HEAVY).order_by("pk"))
    if not chosen:
        raise Refused([Problem("result.none_chosen")])
    problems: list[Problem] = []
    former = _released_before(chosen)
    for result in chosen:
        for old in former.pop(_round_of(result), []):
            if old.pk != result.pk:
                _supersede(old, at=at)
        token = None if seen is None else seen.get(result.pk, "")
        try:
            RESULT_LIFE.move(result, "release", by=by, at=at, on=on, seen=token)
        except Refused as refused:
            problems += [problem for problem in refused.problems if problem not in problems]
        former[_round_of(result)] = [result]
    if problems:
        raise Refused(problems)
    return len(chosen)


@transaction.atomic
def record_step(
    year: int,
    round_id: str,
    step_id: str,
    *,
    meeting: str,
    day: date,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> RouteStep:
    """Record a step of the route of a round's results, or anew what was recorded wrongly.

    `seen` is the mark of the steps that the page showed; None where no page is behind it. Errors:
    Refused out of its order, or on a day that cannot be; Conflict when someone else has recorded
    a step since.
    """
    require(permissions.may_record_step(by, on))
    rule = results_route(year, round_id)
    rows = RouteStep.objects.filter(fiscal_year=year, round_id=round_id)
    recorded = list(rows.select_for_update())
    steps = steps_of(rule, year, round_id) if rule else []
    place = next((at for at, step in enumerate(steps) if step.rule.id == step_id), None)
    if rule is None or place is None:
        raise Refused([Problem("route.no_such_step", {"year": year})])
    former, row = steps[place - 1] if place else None, steps[place].record
    later = [step.record.day for step in steps[place + 1 :] if step.record]
    problems = []
    if former and former.record is None:
        problems.append(refusal("route.step_before", rule, {"does": former.rule.does}))
    if day > on:
        problems.append(Problem("route.day_to_come", {"day": day}))
    days = books.round_days(year, round_id)
    earliest = former.record.day if former and former.record else days and days.last
    if earliest and day < earliest:
        problems.append(Problem("route.day_too_early", {"day": day, "earliest": earliest}))
    if later and day > min(later):
        problems.append(Problem("route.day_too_late", {"day": day, "latest": min(later)}))
    if problems:
        raise Refused(problems)
    row = row or RouteStep(fiscal_year=year, round_id=round_id, step=step_id)
    before = _words_of(row) if row.pk else None
    savings = Event.objects.filter(
        verb="result.step_recorded",
        subject_kind="routestep",
        subject_id__in=[str(step.pk) for step in recorded],
    )
    if is_new_text(
        {"meeting": row.meeting, "day": row.day},
        {"meeting": meeting.strip(), "day": day},
        seen=seen,
        now=mark_of_steps(steps),
        by=by,
        saved=SavedByLog(savings),
        kind="route",
    ):
        row.meeting, row.day = meeting.strip(), day
        row.save()
        record("result.step_recorded", row, by=by, at=at, before=before, after=_words_of(row))
    return row


def mark_of_steps(steps: Iterable[Step]) -> str:
    """The mark of what is recorded of a route, as its page shows it."""
    return mark_of([step.record and _words_of(step.record) for step in steps])


def _words_of(row: RouteStep) -> dict[str, str]:
    return {"step": row.step, "meeting": row.meeting, "day": f"{row.day}"}


def _round_of(result: Result) -> tuple[int, int, str]:
    return result.body_id, result.fiscal_year, result.round_id


def _released_before(results: list[Result]) -> dict[tuple[int, int, str], list[Result]]:
    """What is released now for the bodies, years and rounds of some results. One query."""
    rows = Result.objects.filter(
        state=ResultState.RELEASED,
        body__in={result.body_id for result in results},
        fiscal_year__in={result.fiscal_year for result in results},
        round_id__in={result.round_id for result in results},
    )
    former: dict[tuple[int, int, str], list[Result]] = {}
    for row in rows.defer(*HEAVY):
        former.setdefault(_round_of(row), []).append(row)
    return former


def tell_of_central_data(values: Iterable[CentralValue], *, at: datetime) -> None:
    """Tell the analysts of values that came after a result was computed: it does not change."""
    late_values = list(values)
    if not late_values:
        return
    rounds = {(value.body_id, value.fiscal_year, value.round_id) for value in late_values}
    results = Result.objects.filter(body__in={value.body_id for value in late_values}, number=1)
    for result in results.select_related("body").defer("explanation", "inputs", "stages"):
        if (result.body_id, result.fiscal_year, result.round_id) in rounds and result.assessment_id:
            tell(
                people_with(timezone.localdate(at), Role.ANALYST),
                "notice.central_after_result",
                path=reverse("assessments:assessment", args=[result.assessment_id]),
                key=f"central:{result.pk}:{at.isoformat()}",
                at=at,
                body=result.body.name_th,
                year=result.fiscal_year,
            )


def load_results(
    path: Path,
    rulebook: Path,
    *,
    at: datetime,
    progress: Callable[[int, int], None],
    without: Collection[str] = (),
) -> int:
    """Score a file of demo scorecards and keep every result; `progress(done, all)` is told.

    `without` are codes of bodies to leave out. Errors: Refused, before anything is kept, when the
    file or a scorecard is not sound.
    """
    books: dict[int, Rulebook] = {}
    scores = []
    for card in read_scorecards(path):
        if card.year not in books:
            books[card.year] = read_rulebook(rulebook, card.year)
        scores.append(score(card, books[card.year]))
    scores = [card_score for card_score in scores if card_score.card.code not in without]
    bodies = Body.objects.in_bulk(
        [card_score.card.code for card_score in scores], field_name="code"
    )
    with transaction.atomic():
        for number, card_score in enumerate(scores, start=1):
            record_result(bodies[card_score.card.code], card_score, is_demo=True, at=at)
            progress(number, len(scores))
    return len(scores)


@transaction.atomic
def forget_demo_results() -> int:
    """Remove demo results that came from a file: a new rulebook scores the demo year anew."""
    return Result.objects.filter(is_demo=True, assessment=None).delete()[0]
