"""Where bodies are in a year, as far as the reader sees it: at whose desk, and since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.queries import visible_scorecards
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import visible_assessments
from esar.judge.assessments.states import Stage
from esar.kernel.wording import Word, has_sentence
from esar.platform.organisations.models import Body
from esar.report.reports.models import Report
from esar.report.reports.queries import visible_reports
from esar.report.reports.states import ReportState


@dataclass(frozen=True)
class Place:
    """At whose desk a body's year is: the code that says it, since when, of which round."""

    state: str
    since: datetime
    round_id: str = ""

    @property
    def day(self) -> date:
        return timezone.localdate(self.since)

    @property
    def desk(self) -> Word:
        """The code that names whose desk it is at; of what is at none, how it stands."""
        code = f"at-desk.{self.state}"
        return Word(code if has_sentence(code) else self.state)


@dataclass(frozen=True)
class Papers:
    """What a reader sees of a body's year: its scorecard, reports and assessments by round."""

    card: Scorecard | None
    reports: dict[str, Report]
    assessments: dict[str, Assessment]

    def place(self, round_id: str) -> Place | None:
        """Where the report of a round is: with its body, or with those who assess it."""
        report, assessment = self.reports.get(round_id), self.assessments.get(round_id)
        if assessment and assessment.state != Stage.RETURNED:
            return Place(f"assessment-state.{assessment.state}", assessment.since, round_id)
        return Place(f"report-state.{report.state}", report.since, round_id) if report else None

    def round_now(self, begun: Sequence[str]) -> str:
        """The first of the rounds that have begun whose report is not dealt with; else the last.

        Empty where the reader sees none of their reports.
        """
        seen = [round_id for round_id in begun if round_id in self.reports]
        return next((row for row in seen if not self._is_dealt_with(row)), (seen or [""])[-1])

    def _is_dealt_with(self, round_id: str) -> bool:
        assessment = self.assessments.get(round_id)
        if assessment is not None:
            return assessment.state == Stage.DONE
        return self.reports[round_id].state == ReportState.SUBMITTED

    def now(self, begun: Sequence[str]) -> Place | None:
        """Where the body's year is: with its report, before that with its KPIs."""
        place = self.place(self.round_now(begun))
        if place is None and self.card:
            return Place(f"scorecard-state.{self.card.state}", self.card.since)
        return place


def papers_of(bodies: Collection[Body], year: int, person: Any, day: date) -> dict[int, Papers]:
    """Body → what the reader sees of its year. Three queries, and those of who they are."""
    papers = {body.pk: Papers(None, {}, {}) for body in bodies}
    cards = visible_scorecards(person, day).filter(fiscal_year=year, body__in=bodies)
    for card in cards:
        papers[card.body_id] = Papers(card, {}, {})
    of_year = {"scorecard__fiscal_year": year, "scorecard__body__in": bodies}
    for report in visible_reports(person, day).filter(**of_year):
        papers[report.scorecard.body_id].reports[report.round_id] = report
    seen = {f"report__{path}": value for path, value in of_year.items()}
    for assessment in visible_assessments(person, day).filter(**seen):
        report = assessment.report
        papers[report.scorecard.body_id].assessments[report.round_id] = assessment
    return papers
