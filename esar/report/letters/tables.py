"""The lists of circular letters and of those who get one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse

from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import body_search
from esar.platform.ui.cells import code, state_mark
from esar.platform.ui.filters import Choice, Given, Reader, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, name_of
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.permissions import senders_for
from esar.report.letters.queries import BOXES, counted_letters, in_box, in_order, sent_to
from esar.report.letters.states import LetterState

state_look = state_mark("letter-state", sent="done")
NOT_RECEIVED_FIRST = Case(When(how="", then=0), default=1)


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


class SentTo(Given):
    """Letters to a body, which its own page leads to."""

    def condition(self, value: str, reader: Reader) -> Q:  # noqa: ARG002 as in Filter
        return sent_to(value) if value else Q()


def name_of_code(code: str) -> str:
    """What the body with a code is called; the code itself where there is none. One query."""
    body = Body.objects.filter(code=code).first()
    return name_of(body) if body else code


class LetterList(ListPage[Letter]):
    """Every letter one may see. A constant number of queries."""

    title, help, empty = _("page.letters"), _("page.letters_help"), _("page.letters_none")
    name, address = "esar-letters", "letters:letters-export"
    sort, then = "-dated", ("-pk",)
    filters = (
        body_search("sender__", paths=("subject", "number")),
        Choice("box", _("page.letter_box"), values=BOXES, words=box_words, where=chosen_box),
        State(values=LetterState.values, words=code_words("letter-state")),
        SentTo("to", _("page.letter_recipients"), words=name_of_code),
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

    def begins(self) -> Iterator[tuple[Any, str]]:
        if senders_for(self.reader.person, self.reader.day):
            yield _("page.letter_new"), reverse("letters:letter-new")


def waits(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    return Q(how="")


def waiting_words(value: str) -> Any:  # noqa: ARG001 there is one value
    return _("page.letter_waiting")


class RecipientList(ListPage[Recipient]):
    """Who gets a letter, those who have not received it first. Two queries."""

    title, empty = _("page.letter_recipients"), _("page.letter_recipients_none")
    address, then = "letters:letter-receipts-export", (NOT_RECEIVED_FIRST, "place")
    filters = (
        body_search("body__", paths=("name",)),
        Choice(
            "waiting", _("page.letter_receipts"), values=("1",), words=waiting_words, where=waits
        ),
    )
    columns = (
        Column(
            "recipient",
            _("page.letter_recipient"),
            cell="letters/_recipient.html",
            phone=FIRST,
        ),
        Column("place", _("page.letter_place"), sort="place", figure=True),
        Column("receipt", _("page.letter_receipts"), cell="letters/_receipt.html"),
    )
    fields = (
        Field("place", _("page.letter_place")),
        Field("code", _("page.code"), "body.code"),
        Field("recipient", _("page.letter_recipient"), str),
        Field("email", _("label.email"), lambda recipient: recipient.email or None),
        Field("received_on", _("page.received")),
        Field("receiver", _("page.letter_receiver"), lambda recipient: recipient.receiver or None),
        Field("how", _("page.letter_how"), lambda recipient: recipient.how or None),
        Field("recorded_by", _("page.letter_recorded_by"), "by"),
    )

    def __init__(self, request: HttpRequest, letter: Letter, *, follows: bool = False) -> None:
        super().__init__(request)
        self.letter, self.follows = letter, follows

    def rows(self) -> QuerySet[Recipient]:
        return in_order(self.letter)

    def shown(self, rows: list[Recipient]) -> list[Recipient]:
        for recipient in rows:
            recipient.letter = self.letter
        return rows

    @cached_property
    def shown_columns(self) -> Sequence[Column]:
        acts = Column("acts", _("page.what_you_can_do"), cell="letters/_follow_up.html")
        return [*self.columns, acts] if self.follows else self.columns

    def address_args(self) -> list[object]:
        return [self.letter.pk]

    def file_name(self) -> str:
        return f"esar-letter-{self.letter.pk}"
