"""Search over everything that a reader may see: bodies, KPIs, results, rules, letters, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.urls import reverse

from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.queries import kpi_search
from esar.judge.results.models import Result
from esar.judge.results.queries import listed_results, released
from esar.kernel.alphabet import as_on_the_other_keyboard, search_form, search_words
from esar.law.rules.book import Rule
from esar.platform.organisations.models import Body, Person
from esar.platform.organisations.queries import matches, people_list
from esar.platform.ui import books
from esar.platform.ui.filters import every_word
from esar.platform.ui.templatetags.words import figure_words, name_of
from esar.report.letters.models import Letter
from esar.report.letters.queries import visible_letters

LIMIT = 20  # of each kind, on the page
AT_ONCE = 10  # of all, while somebody types
MAX_SEARCHES = 512  # of rules, that are remembered
Row = TypeVar("Row")


@dataclass(frozen=True)
class Found:
    """What a search found, at most a limit of each; `cut` names those of which there are more.

    `of_other_years` counts the KPIs of other years, where the year that was looked in has none.
    """

    bodies: Sequence[Body] = ()
    kpis: Sequence[Kpi] = ()
    results: Sequence[Result] = ()
    rules: Sequence[Rule[object]] = ()
    letters: Sequence[Letter] = ()
    people: Sequence[Person] = ()
    cut: frozenset[str] = frozenset()
    of_other_years: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.bodies or self.kpis or self.rules or self.letters or self.people)


def search(person: Any, day: date, text: str, year: int | None = None, limit: int = LIMIT) -> Found:
    """What holds every word, of a year or of all; a visitor finds what is public.

    Bodies with their results: three queries. For people KPIs, letters and others: four more.
    """
    bodies = list(Body.objects.filter(matches(text)).prefetch_related("former_names")[: limit + 1])
    rows: dict[str, Sequence[Any]] = {
        "bodies": bodies,
        "results": _results_of(bodies[:limit], year, limit),
        "rules": _rules(text, year or books.year_of(day)),
    }
    of_other_years = 0
    if person.is_authenticated:
        kpis = kpi_search(person, day, text)
        of_year = kpis.filter(scorecard__fiscal_year=year) if year else kpis
        letters = visible_letters(person, day).filter(every_word(text, ["subject", "number"]))
        rows |= {
            "kpis": list(of_year[: limit + 1]),
            "letters": list(letters.order_by("-since", "-pk")[: limit + 1]),
            "people": list(people_list(person, day, text=text)[: limit + 1]),
        }
        # not while somebody types: it looks at the KPIs of all years
        if year and not rows["kpis"] and limit == LIMIT:
            of_other_years = kpis.count()
    return Found(
        cut=frozenset(name for name, of_kind in rows.items() if len(of_kind) > limit),
        of_other_years=of_other_years,
        **{name: of_kind[:limit] for name, of_kind in rows.items()},
    )


def _results_of(bodies: Sequence[Body], year: int | None, limit: int) -> list[Result]:
    """Released results of the bodies, newest year first. One query, none without bodies."""
    if not bodies:
        return []
    results = listed_results(released()).filter(body__in=[body.pk for body in bodies])
    of_year = results.filter(fiscal_year=year) if year else results
    return list(of_year.order_by("-fiscal_year", "-round_id", "body__name_key")[: limit + 1])


@lru_cache(MAX_SEARCHES)
def _rules(text: str, year: int) -> tuple[Rule[object], ...]:
    """The rules of a year whose name holds every word. No query."""
    book = books.book(year)
    words = search_words(text)
    rules = book.on(book.year.last_day).by_id.values() if book and words else ()
    return tuple(rule for rule in rules if _holds(words, f"{rule.label.th} {rule.label.en}"))


def _holds(words: Iterable[str], name: str) -> bool:
    form = search_form(name)
    return all(word in form for word in words)


@dataclass(frozen=True)
class Hit:
    """One line of what was found: its kind, what it is called, what tells it apart, where it is."""

    kind: str
    name: str
    note: str
    href: str


def hits(person: Any, day: date, text: str, year: int) -> list[Hit]:
    """The ten best, for whoever is still typing: names that are or begin with it before others.

    Where nothing is called so, what the same keys write on the other keyboard is looked for.
    """
    findings = search(person, day, text, year, AT_ONCE)
    if findings.is_empty:
        text = as_on_the_other_keyboard(text)
        findings = search(person, day, text, year, AT_ONCE) if search_words(text) else findings
    lines = [*_lines(findings, year)]
    words = search_form(text)
    return sorted(lines, key=lambda hit: _distance(words, hit.name))[:AT_ONCE]


def _distance(words: str, name: str) -> int:
    """0 for a name that is what was typed, 1 for one that begins so, after its class or before."""
    form = search_form(name)
    if form == words:
        return 0
    return 1 if form.startswith(words) or form.endswith(words) else 2


def _lines(findings: Found, year: int) -> Iterable[Hit]:
    """All that was found, in the order that people look for it in."""
    for body in findings.bodies:
        address = reverse("public:agency", args=[body.code])
        yield Hit("body", name_of(body), body.abbr_th or body.code, address)
    for kpi in findings.kpis:
        card = kpi.scorecard
        address = reverse("scorecards:scorecard-work", args=[card.pk])
        yield Hit("kpi", kpi.template.name, f"{kpi.number} · {name_of(card.body)}", address)
    for result in findings.results:
        args = [result.fiscal_year, result.round_id, result.body.code]
        label = figure_words(books.round_label(result.fiscal_year, result.round_id))
        note = f"{result.fiscal_year} · {label}"
        yield Hit("result", name_of(result.body), note, reverse("public:scorecard", args=args))
    for letter in findings.letters:
        address = reverse("letters:letter", args=[letter.pk])
        yield Hit("letter", letter.subject, letter.number, address)
    for rule in findings.rules:
        address = f"{reverse('public:rules', args=[year])}#{rule.id}"
        yield Hit("rule", figure_words(rule.label), str(year), address)
    for person in findings.people:
        address = reverse("organisations:person", args=[person.pk])
        yield Hit("person", person.name, person.position, address)
