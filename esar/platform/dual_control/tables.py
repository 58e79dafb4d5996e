"""The list of acts of two administrators."""

from __future__ import annotations

from django.db.models import QuerySet

from esar.platform.dual_control.life import DUAL_LIFE
from esar.platform.dual_control.models import DualAct
from esar.platform.dual_control.states import DualState
from esar.platform.ui.cells import code
from esar.platform.ui.columns import since_column, state_column, state_field
from esar.platform.ui.filters import Choice, Search, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage


class DualActList(ListPage[DualAct]):
    """Every act of two, newest first. One query."""

    title, help, empty = _("page.duals"), _("page.duals_help"), _("page.duals_none")
    name, address = "esar-dual-acts", "dual_control:duals-export"
    sort, then = "-since", ("-pk",)
    filters = (
        Search(paths=("person__name",)),
        Choice(
            "kind", _("label.dual_kind"), values=DualAct.Kind.values, words=code_words("dual-kind")
        ),
        State(values=DualState.values, words=code_words("dual-state")),
    )
    columns = (
        Column(
            "person",
            _("label.name"),
            "person.name",
            sort="person__name_key",
            phone=FIRST,
            link="dual_control:dual",
        ),
        Column("kind", _("label.dual_kind"), as_=code("dual-kind"), sort="kind", phone=FIRST),
        since_column(),
        state_column("dual-state", done="done"),
    )
    fields = (
        Field("person", _("label.name"), "person.name"),
        Field("kind", _("label.dual_kind"), as_=code("dual-kind")),
        Field("reason", _("label.reason")),
        Field("last_day", _("label.last_day")),
        Field("since", _("page.since")),
        state_field("dual-state"),
    )

    def rows(self) -> QuerySet[DualAct]:
        return DUAL_LIFE.visible(self.reader.person, self.reader.day)
