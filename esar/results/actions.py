"""Writes: a result is recorded once and never quietly changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from esar.files.reading import read_scorecards
from esar.organisations.models import Body
from esar.problems import Problem, Refused
from esar.results.models import Result
from esar.rules.book import Rulebook
from esar.rules.reading import read_rulebook
from esar.scoring.scorecard import Score, score
from esar.scoring.wire import score_as_json


@transaction.atomic
def record_result(body: Body, one: Score, *, is_demo: bool, at: datetime) -> Result:
    """Keep a score. The same score again is the same row.

    Errors: Refused when another score is already kept for this body and round; a correction
    will be a new result with a reason, not an overwritten one.
    """
    explanation = score_as_json(one)
    kept, created = Result.objects.select_for_update().get_or_create(
        body=body,
        fiscal_year=one.card.year,
        round_id=one.card.round,
        defaults={
            "total": one.total,
            "grade_id": one.grade.id if one.grade else "",
            "rulebook_sha256": one.rulebook_sha256,
            "explanation": explanation,
            "is_demo": is_demo,
            "computed_at": at,
        },
    )
    if not created and kept.explanation != explanation:
        figures = {"body": body.code, "year": one.card.year, "round": one.card.round}
        raise Refused([Problem("result.already_recorded", figures)])
    return kept


def load_results(
    path: Path, rulebook: Path, *, at: datetime, progress: Callable[[int, int], None]
) -> int:
    """Score a file of demo scorecards and keep every result; `progress(done, all)` is told.

    Errors: Refused, before anything is kept, when the file or a scorecard is not sound.
    """
    books: dict[int, Rulebook] = {}
    scores = []
    for card in read_scorecards(path):
        if card.year not in books:
            books[card.year] = read_rulebook(rulebook, card.year)
        scores.append(score(card, books[card.year]))
    bodies = Body.objects.in_bulk([one.card.code for one in scores], field_name="code")
    with transaction.atomic():
        for number, one in enumerate(scores, start=1):
            record_result(bodies[one.card.code], one, is_demo=True, at=at)
            progress(number, len(scores))
    return len(scores)


@transaction.atomic
def forget_demo_results() -> int:
    """Remove demo results, and only those: a new rulebook scores the demo year anew."""
    return Result.objects.filter(is_demo=True).delete()[0]
