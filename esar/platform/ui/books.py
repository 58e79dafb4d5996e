"""The rulebooks that the pages show: read once, for the folder does not change under a server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from esar.kernel.problems import Refused
from esar.law.rules.book import Rule, Rulebook
from esar.law.rules.document import (
    Line,
    assumption_words,
    bodies_words,
    cite_words,
    describe,
)
from esar.law.rules.kinds import Committee, Grades, KpiKind, Linkage, Round, Total
from esar.law.rules.reading import read_rulebook, years_in
from esar.law.rules.text import Text
from esar.law.rules.years import FiscalYear
from esar.law.scoring.scorecard import KindOfKpi, kind_of

SUPERVISING = 2  # the level of the committees that approve KPIs


@cache
def years() -> list[int]:
    return years_in(settings.RULEBOOK)


@cache
def book(year: int) -> Rulebook | None:
    """The rulebook of a year, or None where there is none."""
    try:
        return read_rulebook(settings.RULEBOOK, year)
    except Refused:
        return None


def kind_of_kpi(year: int, name: str) -> KindOfKpi | None:
    """The kind that a KPI of a year says it is of, with its group; None where there is none."""
    a_book = book(year)
    return kind_of(name, a_book.on(a_book.year.last_day)) if a_book and name else None


def kinds_of_kpis(year: int | None) -> list[Rule[KpiKind]]:
    """The kinds of KPI of a year, or of all years, as the rulebook orders them."""
    kinds: dict[str, Rule[KpiKind]] = {}
    for each in [year] if year else reversed(years()):
        if a_book := book(each):
            rules = a_book.on(a_book.year.last_day)
            kinds = {rule.id: rule for rule in rules.of_kind(KpiKind)} | kinds
    return list(kinds.values())


def supervising(year: int | None) -> list[Rule[Committee]]:
    """The kinds of committee that supervise bodies in a year, or in any."""
    committees: dict[str, Rule[Committee]] = {}
    for each in [year] if year else reversed(years()):
        if a_book := book(each):
            rules = a_book.on(a_book.year.last_day).of_kind(Committee)
            of_level = {rule.id: rule for rule in rules if rule.value.level == SUPERVISING}
            committees = of_level | committees
    return list(committees.values())


def groups_of_kpis(year: int | None) -> dict[str, list[str]]:
    """The number of each group of kinds in a year, or in all years → the ids of its kinds."""
    groups: dict[str, list[str]] = {}
    for each in [year] if year else years():
        for rule in kinds_of_kpis(each):
            kind = kind_of_kpi(each, rule.id)
            if kind and kind.group_number and rule.id not in groups.get(kind.group_number, ()):
                groups.setdefault(kind.group_number, []).append(rule.id)
    return groups


@dataclass(frozen=True)
class Shown:
    """One rule as the page shows it: everything in one language."""

    rule: Rule[object]
    kind: str
    bodies: str
    lines: list[Line]
    cites: list[str]
    assumed: list[str]

    @cached_property
    def lines_html(self) -> SafeString:
        """Its lines as the page has them: drawn once, for a rulebook does not change."""
        line = '<div class="depth-{}"><dt>{}</dt><dd>{}</dd></div>'
        return format_html_join(
            "\n", line, ((each.depth, each.label, each.text) for each in self.lines)
        )


@dataclass(frozen=True)
class Section:
    """The rules of one file of the year's folder."""

    name: str
    rules: list[Shown]


@cache
def sections(year: int, day: date, language: str) -> list[Section]:
    """What binds on a day, file by file, as the rulebook orders it."""
    a_book = book(year)
    names = a_book.names() if a_book else {}
    rules_by_file: dict[str, list[Shown]] = {}
    for rule in a_book.on(day).by_id.values() if a_book else ():
        name = rule.entry.place.file.split("/")[-1].removesuffix(".yaml")
        rules_by_file.setdefault(name, []).append(_shown(rule, language, names))
    return [Section(name, rules) for name, rules in rules_by_file.items()]


def _shown(rule: Rule[object], language: str, names: dict[str, Text]) -> Shown:
    return Shown(
        rule,
        rule.entry.kind_name,
        bodies_words(rule.entry.bodies, language),
        describe(rule.value, language, names),
        [cite_words(cite, language) for cite in rule.cites],
        assumption_words(rule.version, language),
    )


@dataclass(frozen=True)
class Grade:
    """A grade with its rank (1 is the best): the rank chooses shape and colour on the page."""

    band: Grades.Band
    rank: int

    @property
    def shape(self) -> str:
        return "★●◆▲"[min(self.rank, 4) - 1]


@cache
def grades(year: int) -> dict[str, Grade]:
    """Grade id → grade, best first, as the year ended."""
    a_book = book(year)
    rule = a_book.on(a_book.year.last_day).the(Grades) if a_book else None
    bands = rule.value.bands if rule else ()
    return {band.id: Grade(band, rank) for rank, band in enumerate(bands, start=1)}


@cache
def total_places(year: int) -> int:
    """The decimals of a year's totals; 2 where the year has no rulebook."""
    a_book = book(year)
    return a_book.on(a_book.year.last_day).rounding("total") if a_book else 2


@cache
def scale(year: int) -> Decimal:
    """The most that a year's total can be; 100 where the year has no rulebook."""
    a_book = book(year)
    rule = a_book.on(a_book.year.last_day).the(Total) if a_book else None
    return rule.value.scale if rule else Decimal(100)


def round_rule(year: int, round_id: str) -> Rule[Round] | None:
    """A round's rule; None where the year's rulebook has none of that name."""
    a_book = book(year)
    return a_book.on(a_book.year.last_day).get(f"round.{round_id}", Round) if a_book else None


def round_label(year: int, round_id: str) -> object:
    """The round's name as a Text; its bare id where the rulebook has none."""
    rule = round_rule(year, round_id)
    return rule.label if rule else round_id


def round_days(year: int, round_id: str) -> Round | None:
    """What the year says of a round: its first and last day; None where it has no rulebook."""
    rule = round_rule(year, round_id)
    return rule.value if rule else None


def is_for(year: int, body_kind: str, day: date) -> bool:
    """Whether a body of this kind has a scorecard in the year, and the year is not over."""
    rulebook = book(year)
    return (
        rulebook is not None
        and body_kind in rulebook.body_kinds()
        and day <= rulebook.year.last_day
    )


@cache
def reported_rounds(year: int | None = None) -> list[str]:
    """The ids of the rounds that a year, or any, asks a report for, the shortest first."""
    round_ids = {
        rule.id.removeprefix("round.")
        for a_book in map(book, years() if year is None else [year])
        if a_book
        for rule in a_book.on(a_book.year.last_day).of_kind(Round)
        if rule.value.reports
    }
    return sorted(round_ids, key=lambda one: (len(one), one))


@cache
def begun_rounds(year: int, day: date) -> list[str]:
    """The rounds of a year that have begun by a day, in their order; later ones wait for nobody."""
    year_book = book(year)
    rounds = year_book.on(year_book.year.last_day).of_kind(Round) if year_book else ()
    begun = [rule for rule in rounds if rule.value.first <= day]
    in_order = sorted(begun, key=lambda rule: rule.value.number)
    return [rule.id.removeprefix("round.") for rule in in_order]


def body_kinds(year: int | None = None) -> list[str]:
    """The classes of bodies that have a scorecard in a year, or in any."""
    rulebooks = map(book, years() if year is None else [year])
    return sorted({kind for a_book in rulebooks if a_book for kind in a_book.body_kinds()})


@cache
def last_round(year: int) -> str:
    """The id of the round that ends a year; "12m" where the year has no rulebook."""
    a_book = book(year)
    rounds = a_book.on(a_book.year.last_day).of_kind(Round) if a_book else []
    last = max(rounds, key=lambda rule: (rule.value.last, rule.value.number), default=None)
    return last.id.removeprefix("round.") if last else "12m"


@cache
def last_rounds() -> set[str]:
    """The ids of rounds that end a year, of every year."""
    return {last_round(year) for year in (0, *years())}


def total_is_of(year: int) -> str:
    """The one indicator whose figure a year's total is; empty where KPIs are added up."""
    a_book = book(year)
    rule = a_book.on(a_book.year.last_day).the(Total) if a_book else None
    return (rule.value.indicator or "") if rule else ""


def has_linkage(year: int) -> bool:
    """Whether a year's results go into the appraisal of heads of agencies."""
    a_book = book(year)
    return a_book is not None and a_book.on(a_book.year.last_day).the(Linkage) is not None


@cache
def has_rule(year: int, kind: type) -> bool:
    """Whether a year's rulebook has a rule of a kind, on any of its days."""
    a_book = book(year)
    return a_book is not None and any(entry.kind is kind for entry in a_book.entries.values())


def is_graded(year: int, round_id: str) -> bool:
    """Whether a round ends in grades; one without a rulebook is taken to."""
    rule = round_rule(year, round_id)
    return rule is None or rule.value.graded


def reported_year(day: date) -> int:
    """The fiscal year being reported on: until December the one that ended, where it has rules."""
    before = day - timedelta(days=92)
    year = year_of(before)
    return year if before in FiscalYear(year) else year_of(day)


def year_of(day: date) -> int:
    """The fiscal year being worked on: the one a day lies in.

    Where that has no rulebook, the newest one whose rules bind already; else the first there is.
    """
    rulebooks = [found for year in years() if (found := book(year)) is not None]
    own = [one.year.buddhist for one in rulebooks if day in one.year]
    begun = [one.year.buddhist for one in rulebooks if one.change_days()[0] <= day]
    return max(own or begun, default=min(years()))
