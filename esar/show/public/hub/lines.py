"""How much there is of a body beside its KPIs: each line counts what its list shows the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from esar.agree.changes.queries import visible_changes
from esar.judge.appeals.queries import visible_appeals
from esar.judge.assessments.queries import visible_assessments, visible_visits
from esar.judge.early_warning.queries import visible_warnings
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import matches, may_enter
from esar.report.letters.queries import sent_to, visible_letters
from esar.report.reports.queries import visible_reports


@dataclass(frozen=True)
class CountedLine:
    """A line that leads to a list; `code` says what it counts, `icon` names its mark."""

    code: str
    icon: str
    page: str
    asks: str
    rows: QuerySet[Any]

    @property
    def href(self) -> str:
        return f"{reverse(self.page)}?{self.asks}"

    @property
    def count(self) -> int:
        return self.rows.count()


def lines_of(body: Body, year: int, person: Any, day: date) -> list[CountedLine]:
    """The lists that a person may open, asked for a body and a year. A query a line."""
    lines = _lines(body, year, person, day)
    return [line for line in lines if may_enter(person, day, reverse(line.page))]


def _lines(body: Body, year: int, person: Any, day: date) -> Iterator[CountedLine]:
    """Rows are found as the list that is led to finds them, so that both have the same number."""

    def named(rows: QuerySet[Any], path: str, in_year: bool = True) -> QuerySet[Any]:
        rows = rows.filter(matches(body.name_th, f"{path}body__"))
        return rows.filter(**{f"{path}fiscal_year": year}) if in_year else rows

    asks = urlencode({"q": body.name_th})
    of_year = f"{asks}&year={year}"
    yield CountedLine(
        "page.reports",
        "report",
        "reports:reports",
        of_year,
        named(visible_reports(person, day), "scorecard__"),
    )
    yield CountedLine(
        "page.changes",
        "change",
        "changes:changes",
        asks,
        named(visible_changes(person, day), "scorecard__", in_year=False),
    )
    yield CountedLine(
        "page.warnings",
        "warning",
        "early_warning:warnings",
        of_year,
        named(visible_warnings(person, day), "scorecard__"),
    )
    yield CountedLine(
        "page.visits",
        "comment",
        "assessments:visits",
        of_year,
        named(visible_visits(person, day), "scorecard__"),
    )
    yield CountedLine(
        "page.assessments",
        "judge",
        "assessments:assessments",
        of_year,
        named(visible_assessments(person, day), "report__scorecard__"),
    )
    yield CountedLine(
        "page.letters",
        "letter",
        "letters:letters",
        urlencode({"to": body.code}),
        visible_letters(person, day).filter(sent_to(body.code)),
    )
    yield CountedLine(
        "page.appeals",
        "flag",
        "appeals:appeals",
        of_year,
        named(visible_appeals(person, day), "result__"),
    )
