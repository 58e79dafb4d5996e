"""A body's results over the years, kept apart wherever the rules that made them differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import F

from esar.judge.results.models import Result, RulebookCopy
from esar.judge.results.queries import HEAVY, in_order, released
from esar.judge.results.rulebooks import book_of
from esar.kernel.problems import Refused
from esar.kernel.wording import Phrase
from esar.law.rules.book import Cite, Rulebook
from esar.law.rules.frame import Frame, cites_of, differences, frame_of
from esar.law.rules.kinds import Regime
from esar.law.rules.numbers import EXACT
from esar.law.rules.text import Text
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Figure, Item, Missing, figure_of, look_of_rank
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.show.public.queries import full_mark


@dataclass(frozen=True)
class Bar:
    """A component, or a KPI where the year adds nothing up: what it brought of its full mark."""

    number: str
    label: Any
    got: Decimal | None
    full: Decimal


@dataclass(frozen=True)
class Row:
    """A released result, its grade in its year's words, and what its parts brought."""

    result: Result
    out_of: Decimal
    grade: books.Grade | None
    parts: list[Bar]

    @property
    def is_demo(self) -> bool:
        return self.result.is_demo


@dataclass
class RegimeYears:
    """Years side by side that are measured alike, newest first.

    `changed` tells in what the regime before it differs, `cites` by which clauses of this one.
    """

    frame: Frame | None
    name: Any
    rows: list[Row] = field(default_factory=list)
    before: int | None = None
    changed: list[str] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.rows[-1].result.fiscal_year

    @property
    def last(self) -> int:
        return self.rows[0].result.fiscal_year

    @property
    def anchor(self) -> str:
        """The id of its chart on a page of several."""
        return f"years-{self.last}"

    @property
    def final_rows(self) -> list[Row]:
        """One row a year, its longest round, oldest first: what may stand side by side."""
        longest = {row.result.fiscal_year: row for row in reversed(self.rows)}
        return [longest[year] for year in sorted(longest)]


def parts_drawn(row: Row, silent: Mapping[int, str]) -> Bars:
    """What each part brought of its full mark; of nothing that was reported, none brought zero."""
    status = silent.get(row.result.pk, Missing.NOT_REPORTED)
    items = [
        Item(
            Phrase("chart.numbered", {"number": part.number, "label": part.label}),
            figure_of(None if row.result.pk in silent else part.got, status),
            look="rank-2",
            full=part.full,
        )
        for part in row.parts
    ]
    return bars(items)


def years_drawn(regime: RegimeYears, silent: Mapping[int, str]) -> Bars:
    """The totals of years under the same rules, each of its full mark."""
    items = [
        Item(
            str(row.result.fiscal_year),
            _total(row.result, silent),
            look_of_rank(row.grade.rank) if row.grade else "brand",
            row.grade.shape if row.grade else "",
            full=row.out_of,
        )
        for row in regime.final_rows
    ]
    return bars(items, places=books.total_places(regime.last))


def _total(result: Result, silent: Mapping[int, str]) -> Figure:
    status = silent.get(result.pk)
    return result.total if status is None else figure_of(None, status)


def change_of(drawing: Bars) -> Decimal | None:
    """How far the newest year's total is from the year before; None where one has none."""
    figures = [bar.item.figure for bar in drawing.bars[-2:]]
    if len(figures) < 2 or not all(isinstance(figure, Decimal) for figure in figures):
        return None
    before, newest = figures
    return EXACT.subtract(newest, before)  # type: ignore[arg-type]


def regimes_of(body: Body) -> list[RegimeYears]:
    """The body's history, newest regime first. Four queries, however many years."""
    results = (
        released().filter(body=body).defer(*HEAVY).annotate(components=F("explanation__components"))
    )
    results_in_order: list[Any] = in_order(results)
    rulebooks = _rulebooks(results_in_order)
    bare = released().filter(
        pk__in=[result.pk for result in results_in_order if not result.components]
    )
    kpis = dict(bare.values_list("pk", "explanation__kpis"))
    regimes: list[RegimeYears] = []
    for result in results_in_order:
        book = rulebooks.get(result.rulebook_sha256)
        frame = frame_of(book, body.kind) if book else None
        if not regimes or not _same(regimes[-1].frame, frame):
            regimes.append(RegimeYears(frame, _name(book)))
        regimes[-1].rows.append(_row(result, kpis.get(result.pk, ())))
    for newer, older in pairwise(regimes):
        newer.before = older.last
        newer.changed = _changed(older.frame, newer.frame)
        if newer.frame and older.frame:
            newer.cites = cites_of(newer.frame, differences(older.frame, newer.frame))
    return regimes


def _rulebooks(results: list[Result]) -> dict[str, Rulebook]:
    """The rulebook that each result was computed under, by its hash. One query, and two for each
    that is not today's; one that can no longer be read is left out.
    """
    now = {book.sha256: book for book in map(books.book, books.years()) if book}
    missing = {one.rulebook_sha256 for one in results} - set(now)
    copies = RulebookCopy.objects.filter(sha256__in=missing).values_list("sha256", flat=True)
    return now | {sha256: book for sha256 in copies if (book := _readable(sha256))}


def _readable(sha256: str) -> Rulebook | None:
    try:
        return book_of(sha256)
    except (Refused, LookupError):
        return None


def _same(before: Frame | None, after: Frame | None) -> bool:
    return before is after if before is None or after is None else not differences(before, after)


def _changed(before: Frame | None, after: Frame | None) -> list[str]:
    return [*differences(before, after)] if before and after else ["unknown"]


def _name(book: Rulebook | None) -> Text | None:
    rule = book.on(book.year.last_day).get("regime", Regime) if book else None
    return rule.value.name if rule else None


def _row(result: Any, kpis: Iterable[Mapping[str, Any]]) -> Row:
    """With its components; where the year adds none up, with its KPIs."""
    out_of = Decimal(result.out_of)
    parts = [_part(part, result.fiscal_year) for part in result.components] or [
        Bar(kpi["id"], kpi["name"], _reported(kpi), out_of) for kpi in kpis
    ]
    grade = books.grades(result.fiscal_year).get(result.grade_id)
    return Row(result, out_of, grade, parts)


def _part(part: Mapping[str, Any], year: int) -> Bar:
    full = full_mark(part["weight"], year)
    return Bar(part["number"], part["label"], Decimal(part["weighted"]), full)


def _reported(kpi: Mapping[str, Any]) -> Decimal | None:
    """Its points, where it was reported; a KPI that was not is not one of 0."""
    reported = kpi["status"] == "reported" and kpi["points"] is not None
    return Decimal(kpi["points"]) if reported else None
