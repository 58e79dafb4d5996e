"""The list of requests to change what was agreed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import visible_changes
from esar.agree.changes.states import ChangeState
from esar.platform.organisations.tables import body_column, body_search
from esar.platform.ui.columns import since_column, state_column
from esar.platform.ui.filters import State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, ListPage


def kpi(change: ChangeRequest) -> str:
    return f"{change.number} {change.old.get('name', '')}"


def its_year(change: ChangeRequest) -> SafeString:
    return format_html(" {}", change.scorecard.fiscal_year)


class ChangeList(ListPage[ChangeRequest]):
    """Every request that one may see. A constant number of queries."""

    title, empty = _("page.changes"), _("page.no_changes")
    sort, then = "-since", ("-pk",)
    filters = (
        body_search("scorecard__body__"),
        State(values=ChangeState.values, words=code_words("change-state")),
    )
    columns = (
        body_column("scorecard.body", "changes:change", also=its_year),
        Column("kpi", _("page.kpi"), "", kpi, phone=FIRST),
        state_column("change-state"),
        since_column(),
    )

    def rows(self) -> QuerySet[ChangeRequest]:
        return visible_changes(self.reader.person, self.reader.day)
