"""A table of the nation: its rows, and the figures that are counted from them alone.

To add one: a module of `counts` with what a row is, how rows are read as of a day, what is counted
of them, and its `RowList`; `register(Table(...))`. Its words are `nation.<code>` and
`nation.<code>.how`. What documents print of it stands in the year's rulebook (`printed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.http import HttpRequest

from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import Printed, Total
from esar.law.rules.text import Text
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.templatetags.words import day, words
from esar.show.nation.tables import RowList

Row = TypeVar("Row")
Answer = TypeVar("Answer")
Words = Any  # a sentence, or one that is said when it is read


@dataclass(frozen=True)
class AsOf:
    """A fiscal year's rules, and the day whose state of things is counted."""

    book: Rulebook
    day: date
    _answers: dict[Callable[[AsOf], Any], Any] = field(
        default_factory=dict, repr=False, compare=False
    )

    def once(self, question: Callable[[AsOf], Answer]) -> Answer:
        """What `question` reads as of the day, read once for all tables that ask it."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    @property
    def year(self) -> int:
        return self.book.year.buddhist

    @cached_property
    def rules(self) -> Rules:
        """What binds on the day; what the year says in the end, where it has not begun."""
        rules = self.book.on(self.day)
        return rules if rules.of_kind(Total) else self.book.on(self.book.year.last_day)


@dataclass(frozen=True)
class Figure:
    """One figure of a table.

    `at` is its path in the table's JSON, parts by "/", a number being a place in a list. `asks` is
    the query under which the table's rows are those that it counts. With a `column` it is a cell of
    the line that `label` names.
    """

    at: str
    label: Words
    value: int | str | date
    asks: str = ""
    column: Words = ""
    place: int | None = None  # of what is counted by no figure: which of its line it is

    @property
    def shown(self) -> int | str:
        """The value for the eye: a day in words, a place in place of the rulebook's own key."""
        if self.place is not None:
            return self.place
        return day(self.value) if isinstance(self.value, date) else self.value


@dataclass(frozen=True)
class Together(Generic[Row]):
    """The rows of a table put together, so that each thing of a kind is one; and their page."""

    rows: Callable[[Sequence[Row]], Sequence[Any]]
    page: type[RowList[Any]]


@dataclass(frozen=True)
class Table(Generic[Row]):
    """`rows` reads what there is as of a day, `figures` counts it; `page` lists the rows.

    A figure that counts things, however many rows each has, asks for them by `each`. A table that
    `is_quoted` says what the rules say, and counts nothing.

    `roles` may read it, everyone where none is named. `is_now`: it counts what there is now,
    whatever the day.
    """

    code: str
    rows: Callable[[AsOf], Sequence[Row]]
    figures: Callable[[Sequence[Row]], Iterable[Figure]]
    page: type[RowList[Row]]
    of_year: Callable[[Rules], bool] = lambda _rules: True
    roles: tuple[str, ...] = ()
    is_now: bool = False
    each: Mapping[str, Together[Row]] = field(default_factory=dict)
    is_quoted: bool = False

    def list_of(self, request: HttpRequest, as_of: AsOf, rows: Sequence[Row]) -> RowList[Any]:
        """The list that a request asks for, of the rows or of things of a kind."""
        together = self.each.get(request.GET.get("each", ""))
        if together is None:
            return self.page(request, self, as_of, rows)
        return together.page(request, self, as_of, together.rows(rows))

    @property
    def title(self) -> Words:
        return lazy_say(f"nation.{self.code}")

    @property
    def how(self) -> Words:
        return lazy_say(f"nation.{self.code}.how")


@dataclass(frozen=True)
class Check:
    """What one document prints where a figure stands."""

    rule: Rule[Printed]
    text: str
    agrees: bool

    @property
    def label(self) -> Text:
        return self.rule.label

    def why(self, at: str) -> Text | None:
        return self.rule.value.why.get(at)


@dataclass(frozen=True)
class Checked:
    """A figure with what the documents print of it."""

    table: Table[Any]
    figure: Figure
    checks: tuple[Check, ...]

    @property
    def differing(self) -> list[tuple[Check, Text | None]]:
        """The documents that print another figure, each with why."""
        return [(check, check.why(self.figure.at)) for check in self.checks if not check.agrees]

    @property
    def why(self) -> str:
        """Why documents print something else, each reason once, in the reader's language."""
        return " ".join(dict.fromkeys(words(why) for _check, why in self.differing if why))

    @property
    def standing(self) -> str:
        """Whether every document agrees, some differ, or none prints it."""
        if not self.checks:
            return "unprinted"
        return "differs" if self.differing else "agrees"


_tables: dict[str, Table[Any]] = {}
_questions: dict[str, Table[Any]] = {}


def register(table: Table[Row]) -> Table[Row]:
    """Make a table one of the nation's. Errors: ValueError for a code that is taken."""
    return _register(table, _tables)


def register_question(table: Table[Row]) -> Table[Row]:
    """The same of a question that no document answers in print: it stands beside the tables."""
    return _register(table, _questions)


def _register(table: Table[Row], among: dict[str, Table[Any]]) -> Table[Row]:
    if table.code in among:
        raise ValueError(table.code)
    among[table.code] = table
    return table


def _number(table: Table[Any]) -> int:
    """What stands after the letter of its code."""
    return int(table.code[1:])


def tables_of(rules: Rules) -> list[Table[Any]]:
    """The tables of a year, T2 before T10."""
    by_number = sorted(_tables.values(), key=_number)
    return [table for table in by_number if table.of_year(rules)]


def questions_of(rules: Rules) -> list[Table[Any]]:
    """The questions of a year, in their order."""
    by_number = sorted(_questions.values(), key=_number)
    return [table for table in by_number if table.of_year(rules)]


def table_of(code: str, rules: Rules) -> Table[Any] | None:
    """A table or a question of a year; None where it has none of the code."""
    both = [*tables_of(rules), *questions_of(rules)]
    return next((table for table in both if table.code == code), None)


def checked(table: Table[Row], rows: Sequence[Row], as_of: AsOf) -> list[Checked]:
    """A table's figures, each beside what every document of the year prints of it."""
    by_path: dict[str, list[tuple[Rule[Printed], str]]] = {}
    for rule in _printed(as_of.book):
        for at, text in rule.value.figures.items() if rule.value.table == table.code else ():
            by_path.setdefault(at, []).append((rule, text))
    return [
        Checked(
            table,
            figure,
            tuple(
                Check(rule, text, text == str(figure.value))
                for rule, text in by_path.get(figure.at, ())
            ),
        )
        for figure in table.figures(rows)
    ]


def _printed(book: Rulebook) -> Sequence[Rule[Printed]]:
    """What the year's documents print, whenever they came: some come when the year is over."""
    return book.on(date.max).of_kind(Printed)


def as_json(figures: Iterable[Figure]) -> dict[str, Any]:
    """The figures by their paths: one record, with lists where parts of a path are numbers."""
    tree: dict[str, Any] = {}
    for figure in figures:
        *parents, last = figure.at.split("/")
        node = tree
        for part in parents:
            node = node.setdefault(part, {})
        value = figure.value
        node[last] = value.isoformat() if isinstance(value, date) else value
    return {name: _with_lists(node) for name, node in tree.items()}


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    inner = {name: _with_lists(value) for name, value in node.items()}
    are_places = list(inner) == [str(place) for place in range(len(inner))]
    return list(inner.values()) if are_places else inner
