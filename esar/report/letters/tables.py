"""The list of circular letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet

from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import body_search
from esar.platform.ui.cells import code, state_mark
from esar.platform.ui.filters import Choice, Reader, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, name_of
from esar.report.letters.models import Letter
from esar.report.letters.queries import BOXES, counted_letters, in_box
from esar.report.letters.states import LetterState

state_look = state_mark("letter-state", sent="done")


def box_words(box: str) -> Any:
    return _(f"page.letter_box_{box}")


def chosen_box(box: str, reader: Reader) -> Q:
    return in_box(box, reader.person, reader.day)


def sender_name(sender: Body | None) -> str:
    return name_of(sender) if sender else str(_("page.letter_opdc"))


def sender_code(letter: Letter) -> str:
    return letter.sender.code if letter.sender else "OPDC"


def counted(name: str) -> Callable[[Any], int | None]:
    """A figure about the recipients, for those who may see them."""
    return lambda letter: getattr(letter, name) if letter.sees_list else None


class LetterList(ListPage[Letter]):
    """Every letter one may see. A constant number of queries."""

    title, help, empty = _("page.letters"), _("page.letters_help"), _("page.letters_none")
    name, address = "esar-letters", "letters:letters-export"
    sort, then = "-dated", ("-pk",)
    template = "letters/list.html"
    filters = (
        body_search("sender__", paths=("subject", "number")),
        Choice("box", _("page.letter_box"), values=BOXES, words=box_words, where=chosen_box),
        State(values=LetterState.values, words=code_words("letter-state")),
    )
    columns = (
        Column(
            "subject",
            _("label.letter_subject"),
            cell="letters/_subject.html",
            phone=FIRST,
            sort="subject",
        ),
        Column("sender", _("page.letter_from"), as_=sender_name, sort="sender__name_key"),
        Column("dated", _("page.letter_dated"), as_=day, sort=F("dated").asc(nulls_last=True)),
        Column("state", _("page.state"), as_=state_look, phone=FIRST, sort="state"),
        Column("receipts", _("page.letter_receipts"), cell="letters/_receipts.html"),
    )
    fields = (
        Field("sender", _("page.letter_from"), sender_code),
        Field("number", _("page.letter_number")),
        Field("dated", _("page.letter_dated")),
        Field("speed", _("label.letter_speed"), as_=code("letter-speed")),
        Field("subject", _("label.letter_subject")),
        Field("state", _("page.state"), as_=code("letter-state")),
        Field("recipients", _("page.letter_recipients"), counted("many")),
        Field("received", _("page.letter_receipts"), counted("received")),
    )

    def rows(self) -> QuerySet[Letter]:
        return counted_letters(self.reader.person, self.reader.day)
