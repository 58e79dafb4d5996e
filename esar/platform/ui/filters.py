"""Filters of a declared list: what a reader may ask for, as it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from esar.kernel.alphabet import search_form, search_words
from esar.platform.ui import books
from esar.platform.ui.cells import path_of
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.year import listed_year, round_year

SEARCH, STATE, ROUND = (lazy_say(code) for code in ("page.search", "page.state", "page.round"))
YEAR = lazy_say("page.year", (("year", ""),))
MAX_SEARCH = 100  # letters of a search
Words = Any  # a sentence, or one that is said when it is read
Option = tuple[str, Words]


@dataclass(frozen=True)
class Reader:
    """Who reads a list, on which day, at which address; and the fiscal year it shows, or None."""

    request: HttpRequest
    day: date
    year: int | None = None

    @property
    def person(self) -> Any:
        return self.request.user

    def asks(self, name: str) -> str:
        return str(self.request.GET.get(name, ""))


@dataclass(frozen=True)
class BoundFilter:
    """A filter as a page draws it: with what was asked for and what may be."""

    name: str
    label: Words
    value: str
    options: Sequence[Option] = ()
    kind: str = "choice"  # or search, hidden
    help: Words = ""


@dataclass(frozen=True)
class Filter:
    """One thing that a list can be asked for. `path` is the column that it is held against."""

    name: str
    label: Words = ""
    path: str = ""

    def value(self, reader: Reader) -> str:
        """What was asked for, clean; "" asks for all."""
        return reader.asks(self.name)

    def condition(self, value: str, reader: Reader) -> Q:  # noqa: ARG002 others need the reader
        return Q(**{self.path or self.name: value}) if value else Q()

    def passes(self, value: str, row: Any) -> bool:
        """Whether a row that was worked out passes; `condition` asks the same of a table."""
        return not value or str(value_at(row, self.path or self.name)) == value

    def sieve(self, value: str, reader: Reader) -> Callable[[Any], bool]:  # noqa: ARG002 as above
        """What asks `passes` of every row; what all rows share is looked up once."""
        return partial(self.passes, value)

    def options(self, reader: Reader) -> Iterable[Option]:  # noqa: ARG002 others need the reader
        return ()

    def bound(self, reader: Reader) -> BoundFilter:
        options = [("", lazy_say("page.all")), *self.options(reader)]
        return BoundFilter(self.name, self.label, self.value(reader), options)


def value_at(row: Any, path: str) -> Any:
    """What lies at the path of a column in a row that was worked out."""
    return path_of(row, path.replace("__", "."))


def every_word(text: str, paths: Iterable[str]) -> Q:
    """Every word of `text`, as people type it, is part of one of the columns.

    Thai has no spaces between words, so any part counts.
    """
    condition, columns = Q(), list(paths)
    for word in search_words(text):
        condition &= Q(*((f"{path}__finds", word) for path in columns), _connector=Q.OR)
    return condition


@dataclass(frozen=True)
class Search(Filter):
    """Words to look for in some columns."""

    name: str = "q"
    label: Words = SEARCH
    paths: tuple[str, ...] = ()
    help: Words = ""

    def value(self, reader: Reader) -> str:
        return reader.asks(self.name).strip()[:MAX_SEARCH]

    def condition(self, value: str, reader: Reader) -> Q:  # noqa: ARG002 as in Filter
        return every_word(value, self.paths)

    def passes(self, value: str, row: Any) -> bool:
        texts = [search_form(str(value_at(row, path) or "")) for path in self.paths]
        words = search_words(value)
        return all(any(word in text for text in texts) for word in words)

    def bound(self, reader: Reader) -> BoundFilter:
        return BoundFilter(self.name, self.label, self.value(reader), kind="search", help=self.help)


@dataclass(frozen=True)
class Choice(Filter):
    """One of some values; any other asks for all.

    `values` may be a function of the reader, `where` says what a value means where it is no column.
    """

    values: Iterable[str] | Callable[[Reader], Iterable[str]] = ()
    words: Callable[[str], Words] = str
    where: Callable[[str, Reader], Q] | None = None

    def values_for(self, reader: Reader) -> list[str]:
        return list(self.values(reader) if callable(self.values) else self.values)

    def value(self, reader: Reader) -> str:
        value = reader.asks(self.name)
        return value if value in self.values_for(reader) else ""

    def condition(self, value: str, reader: Reader) -> Q:
        if value and self.where is not None:
            return self.where(value, reader)
        return super().condition(value, reader)

    def options(self, reader: Reader) -> Iterable[Option]:
        return [(value, self.words(value)) for value in self.values_for(reader)]


@dataclass(frozen=True)
class Given(Filter):
    """What the address that leads here asks for: on the page it can be kept or taken away."""

    words: Callable[[str], Words] = str

    def bound(self, reader: Reader) -> BoundFilter:
        value = self.value(reader)
        if not value:
            return BoundFilter(self.name, self.label, "", kind="hidden")
        options = [("", lazy_say("page.all")), (value, self.words(value))]
        return BoundFilter(self.name, self.label, value, options)


@dataclass(frozen=True)
class State(Choice):
    """The states of a life, as `words` calls them."""

    name: str = "state"
    label: Words = STATE


def _rounds(reader: Reader) -> list[str]:
    return books.reported_rounds(reader.year)


@dataclass(frozen=True)
class Round(Choice):
    """A round that asks for reports in the year that the list shows."""

    name: str = "round"
    label: Words = ROUND
    path: str = "round_id"
    values: Iterable[str] | Callable[[Reader], Iterable[str]] = _rounds
    words: Callable[[str], Words] = lambda value: lazy_say(f"round.{value}")


@dataclass(frozen=True)
class Year(Filter):
    """A fiscal year: the one asked for, `?year=` for all, else the one worked in."""

    name: str = "year"
    label: Words = YEAR
    path: str = "fiscal_year"
    years: Callable[[], Iterable[int]] = books.years
    chosen: Callable[[HttpRequest], int | None] = listed_year

    def value(self, reader: Reader) -> str:
        return str(reader.year or "")

    def options(self, reader: Reader) -> Iterable[Option]:  # noqa: ARG002 as in Filter
        return [(str(year), str(year)) for year in sorted(self.years(), reverse=True)]


@dataclass(frozen=True)
class ReportedYear(Year):
    """The same, where the year being reported on comes first."""

    chosen: Callable[[HttpRequest], int | None] = round_year


def code_words(prefix: str) -> Callable[[str], Words]:
    """What the values of a code are called: `code_words("round")("6m")`."""
    return lambda value: lazy_say(f"{prefix}.{value}")
