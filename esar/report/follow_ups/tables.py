"""The board: which lead owes what of its agenda, and which stages lag."""

from __future__ import annotations

from django.urls import reverse

from esar.agree.agendas.tables import agenda_keys, agenda_words
from esar.platform.organisations.tables import body_column
from esar.platform.ui.cells import state_mark
from esar.platform.ui.filters import Choice, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import day, words
from esar.report.follow_ups.queries import Duty, duties

STANDINGS = ("told", "late", "due", "not_yet")


def lagging_words(duty: Duty) -> str:
    return " · ".join(words(item.label) for item in duty.lagging)


def page_of(duty: Duty) -> str:
    return reverse("public:agenda", args=[duty.year, duty.agenda])


class Board(WorkedList[Duty]):
    """Which lead owes what of its agenda, and which stages lag. Two queries."""

    title, help = _("page.follow_up_board"), _("page.follow_up_board_help")
    name, address, page_size = "esar-agenda-board", "follow_ups:board-export", LONG
    filters = (
        Year(path="year"),
        Choice(
            "agenda",
            _("label.agenda"),
            values=agenda_keys,
            words=agenda_words,
        ),
        Choice(
            "standing",
            _("page.state"),
            values=STANDINGS,
            words=code_words("follow-up-standing"),
        ),
    )
    columns = (
        body_column("body", page_of),
        Column("agenda", _("label.agenda"), "rule.label", words, phone=FIRST),
        Column("quarter", _("label.quarter"), sort="quarter"),
        Column("due", _("field.due"), as_=day, sort="due"),
        Column(
            "standing",
            _("page.state"),
            as_=state_mark("follow-up-standing", told="done"),
            phone=FIRST,
        ),
        Column("lagging", _("label.lagging"), "", lagging_words),
    )
    fields = (
        Field("body", _("page.code"), "body.code"),
        Field("agenda", _("label.agenda")),
        Field("quarter", _("label.quarter")),
        Field("due", _("field.due")),
        Field("standing", _("page.state")),
        Field("lagging", _("label.lagging"), lagging_words),
    )

    def rows(self) -> list[Duty]:
        return duties(self.reader.year, self.reader.day) if self.reader.year else []
