"""Writes of whole reports: their shells. Their life moves them."""

from __future__ import annotations

from datetime import datetime

from esar.agree.scorecards.checks import has_rules, rules_of
from esar.agree.scorecards.models import Scorecard
from esar.report.reports.models import Report
from esar.report.reports.queries import rounds_of, without_reports


def open_reports(scorecard: Scorecard, *, at: datetime) -> int:
    """Make the shells of a scorecard in force: one report for each round. How many were new."""
    if not has_rules(scorecard):
        return 0
    count = 0
    for round_id in rounds_of(rules_of(scorecard)[1]):
        _, is_new = Report.objects.get_or_create(
            scorecard=scorecard, round_id=round_id, defaults={"since": at}
        )
        count += is_new
    return count


def open_missing_reports(*, at: datetime) -> int:
    """The shells that should be there and are not. How many were made."""
    cards = without_reports().select_related("body")
    return sum(open_reports(scorecard, at=at) for scorecard in cards)
