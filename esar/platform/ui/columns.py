"""Columns and fields that many lists have: years, rounds, states, moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.platform.ui.cells import code, late_mark, path_of, state_mark
from esar.platform.ui.filters import ROUND, STATE, YEAR
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, Order
from esar.platform.ui.templatetags.words import day, moment


def state_column(prefix: str, **colours: str) -> Column:
    """The state of a life; `colours` gives a state the look of another."""
    return Column("state", STATE, as_=state_mark(prefix, **colours), sort="state", phone=FIRST)


def state_field(prefix: str) -> Field:
    return Field("state", STATE, as_=code(prefix))


def since_column() -> Column:
    """The moment since which the state is what it is."""
    return Column("since", _("page.since"), as_=moment, sort="since", phone=FIRST)


def year_column(of: str = "fiscal_year", *, sort: Order = ()) -> Column:
    return Column("year", YEAR, of, sort=sort)


def year_field(of: str = "fiscal_year") -> Field:
    return Field("year", YEAR, of)


def round_column(of: str = "round_id", *, sort: Order = ()) -> Column:
    return Column("round", ROUND, of, as_=code("round"), sort=sort)


def round_field(of: str = "round_id") -> Field:
    return Field("round", ROUND, of, as_=code("round"))


def received_column(of: str = "") -> Column:
    """The day something was received, and how many days late that was."""

    def received(row: Any) -> SafeString | None:
        paper = path_of(row, of) if of else row
        if paper.received_on is None:
            return None
        return format_html("{}{}", day(paper.received_on), late_mark(paper.days_late))

    return Column("received", _("page.received"), "", received, sort="received_on")


def received_fields() -> tuple[Field, Field, Field]:
    """The day something was received, the day it was due, and how many days late it was."""
    return (
        Field("received", _("page.received"), "received_on"),
        Field("due", _("field.due"), "due_on"),
        Field("late", _("page.late_days_count"), days_late),
    )


def days_late(row: Any) -> int | None:
    """How many days late; nothing before anything was received."""
    late: int | None = None if row.received_on is None else row.days_late
    return late


def joined(name: str) -> Callable[[Any], str]:
    """Several texts of a row as one: its targets, its numbers."""

    def together(row: Any) -> str:
        texts: Iterable[str] = getattr(row, name)
        return " / ".join(texts)

    return together
