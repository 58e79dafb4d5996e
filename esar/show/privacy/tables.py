"""The list of requests to correct personal data."""

from __future__ import annotations

from django.db.models import QuerySet

from esar.platform.ui.columns import since_column, state_column
from esar.platform.ui.filters import State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, ListPage
from esar.show.privacy.life import CORRECTION_LIFE
from esar.show.privacy.models import Correction
from esar.show.privacy.states import CorrectionState


class CorrectionList(ListPage[Correction]):
    """One's own; administrators and auditors see all. One query."""

    title, help = _("page.corrections"), _("page.corrections_help")
    sort, then = "-since", ("-pk",)
    filters = (State(values=CorrectionState.values, words=code_words("correction-state")),)
    columns = (
        Column(
            "person",
            _("label.name"),
            "person.name",
            sort="person__name_key",
            phone=FIRST,
            link="privacy:correction",
        ),
        Column("text", _("label.correction_text")),
        since_column(),
        state_column("correction-state", answered="done"),
    )

    def rows(self) -> QuerySet[Correction]:
        return CORRECTION_LIFE.visible(self.reader.person, self.reader.day)
