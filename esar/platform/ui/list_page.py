"""A list is declared: its filters, columns, sorts and files stand in one place.

A page of rows costs the queries of `rows` and of what the filters offer, and one to count them
where it does not hold them all; a file costs one. What the reader asked for stands in the address,
so that it can be sent on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from html import escape
from typing import Any, ClassVar, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from esar.platform.ui import clock
from esar.platform.ui.cells import Shower, path_of, reader_of
from esar.platform.ui.exports import FIGURE, csv_answer, xlsx_answer
from esar.platform.ui.filters import BoundFilter, Filter, Reader, Words, Year, value_at
from esar.platform.ui.forms import lazy_say

PAGE_SIZE = 50
_MARK = re.compile(r"<[^>]*>")
NOTHING = "–"  # what a cell without a value shows
LONG = 500  # rows of a page that is read or printed whole
CHUNK = 2000  # rows that a file reads at a time
CSV, XLSX = "csv", "xlsx"
FIRST, LABELLED, WIDE_ONLY = 1, 2, 3  # on a phone: without a label, with it, not at all
Row = TypeVar("Row")
Order = Any  # a column's path, an F or an OrderBy
Rows = Any  # a QuerySet; of a WorkedList a sequence


@dataclass(frozen=True)
class Column:
    """A column of the page: what it is called, what it shows, and what it is sorted by.

    `of` is a dotted path of the row, "" the row itself (by default the column's own name); `as_`
    says it in words; `cell` names a template that draws it from `row`, once for all rows that hold
    the same at the path `alike`. `link` names the address of the row and `also` what stands after
    it. Without `sort` it does not sort.
    """

    name: str
    label: Words
    of: str | None = None
    as_: Shower | None = None
    sort: Order | tuple[Order, ...] = ()
    phone: int = LABELLED
    figure: bool = False
    link: str | Callable[[Any], str] = ""
    also: Shower | None = None
    cell: str = ""
    alike: str = ""
    css: str = ""
    is_unlabelled: bool = False  # what is read out only: the column shows what it is

    @property
    def order(self) -> tuple[Order, ...]:
        return self.sort if isinstance(self.sort, tuple) else (self.sort,)

    def value(self, row: Any) -> Any:
        path = self.name if self.of is None else self.of
        return path_of(row, path) if path else row

    def drawer(self) -> Callable[[Any], Cell]:
        """What draws its cells; what all of them share is worked out once for a page."""
        html_of = self._by_template() if self.cell else self._html
        drawn_whole = bool(self.cell) and self.of is None
        classes = [self.css] if self.css else []
        hidden = ["wide-only"] if self.phone == WIDE_ONLY else []
        label = self.phone == LABELLED and format_html(' data-label="{}"', self.label)

        @cache
        def attributes(is_figure: bool, is_empty: bool) -> SafeString:
            css = [*classes, *["num"] * is_figure, *["none"] * is_empty, *hidden]
            style = format_html(' class="{}"', " ".join(css)) if css else SafeString("")
            return style + (label or SafeString(""))

        def draw(row: Any) -> Cell:
            html = html_of(row)
            is_empty = html == NOTHING
            is_figure = self.figure and (drawn_whole or is_empty or self.value(row) is not None)
            return Cell(html, attributes(is_figure, is_empty))

        return draw

    def _by_template(self) -> Callable[[Any], SafeString]:
        render = get_template(self.cell).render
        cells: dict[Any, SafeString] = {}

        def html(row: Any) -> SafeString:
            if not self.alike:
                return SafeString(render({"row": row}))
            same = path_of(row, self.alike)
            if same not in cells:
                cells[same] = SafeString(render({"row": row}))
            return cells[same]

        return html

    def _html(self, row: Any) -> SafeString:
        value = self.value(row)
        if self.as_ is not None:
            value = self.as_(value)
        html = escaped(NOTHING if value is None or value == "" else value)
        if self.link:
            address = self.link(row) if callable(self.link) else reverse(self.link, args=[row.pk])
            html = SafeString(f'<a href="{escaped(address)}">{html}</a>')
        return html + escaped(self.also(row)) if self.also else html


def escaped(value: Any) -> SafeString:
    """As Django's `conditional_escape`, at once for text: a list has hundreds of cells."""
    if type(value) is SafeString:
        return value
    return SafeString(escape(value)) if type(value) is str else conditional_escape(value)


@dataclass(frozen=True)
class Field:
    """A column of the files: its name for machines, its heading for people, its value.

    `of` as in Column, or a function of the row; `as_` says in the workbook what a code means;
    `figure` makes a number there of a figure that is text.
    """

    name: str
    label: Words
    of: str | Callable[[Any], Any] | None = None
    as_: Shower | None = None
    figure: bool = False

    @property
    def reader(self) -> Callable[[Any], Any]:
        """What reads its value, of any row."""
        return self.of if callable(self.of) else reader_of(self.of or self.name)

    def value(self, row: Any) -> Any:
        return self.reader(row)

    def typed(self, row: Any) -> Any:
        value = self.value(row)
        if self.as_ is not None and value not in (None, ""):
            value = str(self.as_(value))
        if self.figure and isinstance(value, str) and FIGURE.fullmatch(value):
            return Decimal(value)
        return value


@dataclass(frozen=True)
class Head:
    """A heading as a page draws it; `href` sorts by it, `direction` says how it does now."""

    column: Column
    href: str = ""
    direction: str = ""  # ascending, descending or none, where it sorts

    @property
    def css(self) -> str:
        return " ".join(
            filter(
                None,
                [
                    "num" if self.column.figure else "",
                    "wide-only" if self.column.phone == WIDE_ONLY else "",
                ],
            )
        )

    @property
    def arrow(self) -> str:
        return {"ascending": " ↑", "descending": " ↓", "none": " ↕"}.get(self.direction, "")


@dataclass(frozen=True)
class Cell:
    """A cell as a page draws it."""

    html: SafeString
    attributes: SafeString


@dataclass(frozen=True)
class Line:
    """A row as a page draws it; its first cell is its name."""

    row: Any
    cells: Sequence[Cell]
    css: str = ""
    may_tick: bool = True

    @property
    def name(self) -> SafeString:
        return self.cells[0].html

    @property
    def label(self) -> SafeString:
        """Its name without marks, for a tick box: by a pattern, for the cell's marks are ours."""
        return SafeString(_MARK.sub("", self.name))

    @property
    def html(self) -> SafeString:
        """All its cells. A template that loops over them takes longer than all that they show."""
        name, *rest = self.cells
        columns = [f"<td{cell.attributes}>{cell.html}</td>" for cell in rest]
        return SafeString("".join([f'<th scope="row"{name.attributes}>{name.html}</th>', *columns]))


@dataclass(frozen=True)
class File:
    """The list as a file, with what was asked for."""

    label: Words
    address: str


def ordered(order: Sequence[Order], *, backwards: bool) -> list[Order]:
    """The order of a column, or the other way round.

    An F is a column whose empty rows stand last either way; of an OrderBy they change their place.
    """
    return [_turned(term) if backwards else _forwards(term) for term in order]


def _forwards(term: Order) -> Order:
    return term.asc(nulls_last=True) if isinstance(term, F) else term


def _turned(term: Order) -> Order:
    if isinstance(term, F):
        return term.desc(nulls_last=True)
    if isinstance(term, OrderBy):
        turned = term.copy()
        turned.reverse_ordering()
        return turned
    return term[1:] if term.startswith("-") else f"-{term}"


def sorted_rows(rows: list[Any], path: str, *, backwards: bool) -> list[Any]:
    """Rows that were worked out by what lies at a path; those with nothing there stand last."""
    filled = [row for row in rows if value_at(row, path) is not None]
    empty = [row for row in rows if value_at(row, path) is None]
    return sorted(filled, key=lambda row: value_at(row, path), reverse=backwards) + empty


class _Paginator(Paginator):  # type: ignore[type-arg]
    """Counts the rows by reading them where all of them are on the first page."""

    def get_page(self, number: int | float | str | None) -> Page[Any]:
        if number not in (None, "", 1, "1"):
            return super().get_page(number)
        rows = list(self.object_list[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self.__dict__["count"] = len(rows)  # as the cached property would
        return Page(rows[: self.per_page], 1, self)


class ListPage(Generic[Row]):
    """A list that is filtered, sorted, paged and given out as files.

    A subclass says what it holds; `rows` gives whatever the reader may see of it. The first column
    is what a row is called.
    """

    title: Words
    help: ClassVar[Words] = ""
    name: ClassVar[str] = ""  # of the files, and of nothing where there are none
    address: ClassVar[str] = ""  # the name of the files' address
    filters: ClassVar[Sequence[Filter]] = ()
    columns: ClassVar[Sequence[Column]] = ()
    fields: ClassVar[Sequence[Field]] = ()
    official: ClassVar[bool] = False  # its workbook is in the letters of official papers
    sort: ClassVar[str] = ""  # by default
    then: ClassVar[Sequence[Order]] = ("pk",)  # among equals
    empty: Words = lazy_say("page.nothing_yet")  # where there is nothing at all
    template: ClassVar[str] = "ui/list.html"
    page_size: ClassVar[int] = PAGE_SIZE
    picks: ClassVar[str] = ""  # what a form calls the rows that were ticked

    def __init__(self, request: HttpRequest, *, picks: bool = True) -> None:
        self.request = request
        self.may_pick = bool(self.picks) and picks
        years = [choice for choice in self.filters if isinstance(choice, Year)]
        year = years[0].chosen(request) if years else None
        self.reader = Reader(request, clock.today(), year)

    def rows(self) -> Rows:
        """Every row that the reader may see, in any order."""
        raise NotImplementedError

    def shown(self, rows: list[Any]) -> Sequence[Row]:
        """The rows of a page as the columns take them: a list may add what needs a query."""
        return rows

    def css(self, row: Row) -> str:  # noqa: ARG002 for lists whose rows differ
        """The class of a row that stands out."""
        return ""

    def may_tick(self, row: Row) -> bool:  # noqa: ARG002 for lists whose rows differ
        """Whether the reader may choose a row, where the list lets rows be chosen."""
        return True

    def address_args(self) -> list[object]:
        """What the address of the files names besides its kind."""
        return []

    # --- What was asked for

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The value of each filter, "" where it lets everything through."""
        return {choice.name: choice.value(self.reader) for choice in self.filters}

    @cached_property
    def query(self) -> str:
        """The filters as they stand in the address; "" where nothing was asked for."""
        query = self.request.GET.copy()
        for name in ("page", "sort"):
            query.pop(name, None)
        return str(query.urlencode())

    @property
    def sorted_by(self) -> str:
        name = self.request.GET.get("sort", self.sort)
        return name if name.removeprefix("-") in self._orders else self.sort

    @property
    def _sort_query(self) -> str:
        return f"sort={self.sorted_by}" if self.sorted_by != self.sort else ""

    @property
    def _orders(self) -> dict[str, tuple[Order, ...]]:
        return {column.name: column.order for column in self.columns if column.order}

    # --- The rows

    def matching(self) -> Rows:
        """The rows that pass the filters, in order."""
        rows = self.rows()
        for choice in self.filters:
            rows = rows.filter(choice.condition(self.chosen[choice.name], self.reader))
        name = self.sorted_by
        order: Sequence[Order] = self._orders.get(name.removeprefix("-"), ())
        backwards = name.startswith("-")
        return rows.order_by(*ordered(order, backwards=backwards), *self.then)

    def total(self) -> int:
        """How many rows there are on all pages. One query, none where they are worked out."""
        return Paginator(self.matching(), self.page_size).count

    @cached_property
    def page(self) -> Page[Any]:
        return _Paginator(self.matching(), self.page_size).get_page(self.request.GET.get("page"))

    # --- As a page

    @cached_property
    def shown_columns(self) -> Sequence[Column]:
        return self.columns

    def heads(self) -> Iterator[Head]:
        for column in self.shown_columns:
            if not column.order:
                yield Head(column)
                continue
            now = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sorted_by)
            turned = f"-{column.name}" if now == "ascending" else column.name
            yield Head(column, self._href(sort=turned), now or "none")

    @cached_property
    def lines(self) -> list[Line]:
        drawers = [column.drawer() for column in self.shown_columns]
        return [
            Line(row, [draw(row) for draw in drawers], self.css(row), self.may_tick(row))
            for row in self.shown(list(self.page.object_list))
        ]

    def bound_filters(self) -> Iterator[BoundFilter]:
        return (choice.bound(self.reader) for choice in self.filters)

    def cleared(self) -> str:
        """The address of the list with no filter."""
        return "?"

    def previous(self) -> str:
        return self._href(sort=self.sorted_by, page=self.page.previous_page_number())

    def next(self) -> str:
        return self._href(sort=self.sorted_by, page=self.page.next_page_number())

    def _href(self, **more: object) -> str:
        return "?" + "&".join(filter(None, [self.query, *(f"{k}={v}" for k, v in more.items())]))

    def files(self) -> Iterator[File]:
        for kind, code in ((CSV, "page.csv"), (XLSX, "page.xlsx")) if self.address else ():
            address = reverse(self.address, args=[*self.address_args(), kind])
            asks = "&".join(filter(None, [self.query, self._sort_query]))
            yield File(lazy_say(code), f"{address}?{asks}" if asks else address)

    def begins(self) -> Iterable[tuple[Words, str]]:
        """What the reader may begin from here: its words and its address."""
        return ()

    def around(self) -> dict[str, Any]:
        """What the page shows beside its rows: what may be begun here, what waits."""
        return {}

    def answer(self, **context: Any) -> HttpResponse:
        """The page."""
        return render(self.request, self.template, {"list": self, **self.around(), **context})

    # --- As a file

    def file_name(self) -> str:
        return self.name

    @cached_property
    def file_fields(self) -> Sequence[Field]:
        return self.fields

    def exported(self) -> Iterable[Any]:
        """The rows of the files: all that were asked for."""
        rows: Iterable[Any] = self.matching().iterator(CHUNK)
        return rows

    def file(self, kind: str) -> HttpResponse:
        """The list as a file of a kind: columns for machines as CSV, for people as a workbook."""
        rows = self.exported()
        if kind == CSV:
            head = [field.name for field in self.file_fields]
            readers = [field.reader for field in self.file_fields]
            lines = ([read(row) for read in readers] for row in rows)
            return csv_answer(self.file_name(), head, lines)
        if kind != XLSX:
            raise Http404(kind)
        labels = [str(field.label) for field in self.file_fields]
        typed = ([field.typed(row) for field in self.file_fields] for row in rows)
        title = str(self.title)
        return xlsx_answer(self.file_name(), title, labels, typed, official=self.official)


class WorkedList(ListPage[Row]):
    """A declared list whose rows are worked out, not read from a table.

    `rows` gives them in the order they have where nothing else is asked for. Filters look at
    dotted paths of a row; columns sort by them, rows with nothing there last either way.
    """

    def matching(self) -> Rows:
        sieves = [each.sieve(self.chosen[each.name], self.reader) for each in self.filters]
        rows = [row for row in self.rows() if all(passes(row) for passes in sieves)]
        name = self.sorted_by
        for path in reversed(self._orders.get(name.removeprefix("-"), ())):
            rows = sorted_rows(rows, path, backwards=name.startswith("-"))
        return rows

    def exported(self) -> Iterable[Any]:
        rows: Iterable[Any] = self.matching()
        return rows
