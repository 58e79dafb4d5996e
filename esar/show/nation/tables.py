"""The rows of a table, and all figures of a year, as lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from esar.platform.ui.cells import code
from esar.platform.ui.filters import BoundFilter, Choice, Reader, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import words

if TYPE_CHECKING:
    from esar.show.nation.registry import AsOf, Checked, Table

Row = TypeVar("Row")
EACH, EACH_ROW, EACH_WORDS = _("nation.each"), _("nation.each_row"), code_words("nation-each")
STANDINGS = ("agrees", "differs", "unprinted")


class RowList(WorkedList[Row]):
    """What a table counts, row by row. A table's own list says its columns, filters and fields."""

    address, template = "nation:rows", "nation/table.html"

    def __init__(
        self, request: HttpRequest, table: Table[Any], as_of: AsOf, rows: Sequence[Row]
    ) -> None:
        super().__init__(request)
        self.table, self.as_of, self._rows = table, as_of, rows
        self.reader = replace(self.reader, year=as_of.year, day=as_of.day)
        self.title, self.help = table.title, table.how  # type: ignore[misc]

    def rows(self) -> Sequence[Row]:
        return self._rows

    def address_args(self) -> list[object]:
        return [self.as_of.year, self.table.code]

    def file_name(self) -> str:
        return f"esar-{self.as_of.year}-{self.table.code}"


def label_of(row: Checked) -> str:
    """What a figure counts: its line, and the column where its table has some."""
    figure = row.figure
    return f"{figure.label} · {figure.column}" if figure.column else str(figure.label)


def printed_words(row: Checked) -> str:
    """What each document prints, and by which mark it agrees."""
    return " · ".join(
        f"{words(check.label)} {check.text} {'✓' if check.agrees else '≠'}" for check in row.checks
    )


def printed_cell(row: Checked) -> SafeString:
    """The documents' figures with their marks, and why one differs."""
    marks = format_html_join(
        SafeString("<br>"),
        '{} <strong class="num">{}</strong> {}',
        ((words(check.label), check.text, mark_of(agrees=check.agrees)) for check in row.checks),
    )
    return format_html('{}<br><span class="meta">{}</span>', marks, row.why) if row.why else marks


def mark_of(*, agrees: bool) -> SafeString:
    """✓ or ≠, said in words to who does not see it."""
    sign, name = ("✓", "agrees") if agrees else ("≠", "differs")
    mark = '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'
    return format_html(mark, sign, _(f"nation-standing.{name}"))


@dataclass(frozen=True)
class Each(Choice):
    """What a row of the page is: what the table counts row by row, or a thing of a kind once."""

    name: str = "each"
    label: Any = EACH
    words: Callable[[str], Any] = EACH_WORDS

    def passes(self, value: str, row: Any) -> bool:  # noqa: ARG002 the rows are put together before
        return True

    def bound(self, reader: Reader) -> BoundFilter:
        options = [("", EACH_ROW), *self.options(reader)]
        return BoundFilter(self.name, self.label, self.value(reader), options)


class FigureList(WorkedList["Checked"]):
    """Every figure of a year's tables beside what the documents print."""

    title = _("nation.figures")
    help: ClassVar[Any] = _("nation.figures_help")
    name, address, page_size = "tables", "nation:figures-export", LONG
    filters = (
        Choice(
            "standing",
            _("nation.standing"),
            values=STANDINGS,
            words=code_words("nation-standing"),
        ),
    )
    columns = (
        Column("table", _("nation.table"), "table.code", phone=FIRST),
        Column("figure", _("nation.figure"), "", label_of, phone=FIRST),
        Column("system", _("nation.system"), "figure.shown", figure=True),
        Column("printed", _("nation.documents"), "", printed_cell),
    )
    fields = (
        Field("table", _("nation.table"), "table.code"),
        Field("path", _("nation.path"), "figure.at"),
        Field("figure", _("nation.figure"), label_of),
        Field("system", _("nation.system"), "figure.value", figure=True),
        Field("printed", _("nation.documents"), printed_words),
        Field("standing", _("nation.standing"), as_=code("nation-standing")),
        Field("why", _("nation.why")),
    )

    def __init__(self, request: HttpRequest, as_of: AsOf, figures: Sequence[Checked]) -> None:
        super().__init__(request)
        self.as_of, self._figures = as_of, figures

    def rows(self) -> Sequence[Checked]:
        return self._figures

    def address_args(self) -> list[object]:
        return [self.as_of.year]

    def file_name(self) -> str:
        return f"esar-{self.as_of.year}-tables"
