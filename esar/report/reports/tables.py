"""The list of reports."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from esar.platform.organisations.tables import (
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui.columns import (
    received_column,
    received_fields,
    round_column,
    round_field,
    since_column,
    state_column,
    state_field,
    year_column,
    year_field,
)
from esar.platform.ui.filters import Choice, Reader, ReportedYear, Round, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage
from esar.report.reports.models import Report
from esar.report.reports.queries import counted_reports
from esar.report.reports.states import ReportState

BODY = "scorecard__body__"


def sent_or_not(value: str, reader: Reader) -> Q:  # noqa: ARG001 the same for every reader
    sent = Q(state=ReportState.SUBMITTED)
    return sent if value == "yes" else ~sent


def number_or_zero(number: int | None) -> int:
    return number or 0


class ReportList(ListPage[Report]):
    """Every report one may see. A constant number of queries."""

    title, empty = _("page.reports"), _("page.no_reports")
    name, address = "esar-reports", "reports:reports-export"
    sort, then = "-since", (f"{BODY}name_key", "pk")
    filters = (
        body_search(BODY),
        Round(),
        State(values=ReportState.values, words=code_words("report-state")),
        Choice(
            "sent",
            _("page.sent_in"),
            values=("yes", "no"),
            words=code_words("report-sent"),
            where=sent_or_not,
        ),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
        ReportedYear(path="scorecard__fiscal_year"),
    )
    columns = (
        body_column("scorecard.body", "reports:report", demo="scorecard.is_demo"),
        year_column("scorecard.fiscal_year"),
        round_column(sort="round_id"),
        state_column("report-state"),
        Column("claimed", _("page.claimed"), as_=number_or_zero, figure=True),
        received_column(),
        since_column(),
    )
    fields = (
        year_field("scorecard.fiscal_year"),
        round_field(),
        *body_fields("scorecard.body"),
        state_field("report-state"),
        Field("sent", _("page.times_sent")),
        *received_fields(),
    )

    def rows(self) -> QuerySet[Report]:
        return counted_reports(self.reader.person, self.reader.day)
