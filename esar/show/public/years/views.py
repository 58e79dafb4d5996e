"""Pages of the years: what each one's evaluation is, was, and rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.judge.results.queries import rounds_with_results
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.changes import Change, changes
from esar.law.rules.document import bodies_words, cite_words
from esar.law.rules.frame import Frame, frame_of
from esar.law.rules.kinds import (
    ActivityPlan,
    Agenda,
    Assessment,
    KpiGroup,
    KpiKind,
    Printed,
    Regime,
    Round,
    Route,
    Signing,
)
from esar.platform.calendars.queries import entries
from esar.platform.ui import books
from esar.platform.ui.doors import open_to_all


@open_to_all
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Every fiscal year that has rules, newest first. No query."""
    rulebooks = [books.book(year) for year in reversed(books.years())]
    return render(request, "public/years.html", {"books": [one for one in rulebooks if one]})


@open_to_all
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """How a year is evaluated, all from its rulebook. Two queries."""
    book = books.book(year)
    if book is None:
        raise Http404
    rules = book.on(book.year.last_day)
    context = {
        "book": book,
        "regime": rules.get("regime", Regime),
        "frames": _frames(book),
        "groups": list(_groups(rules)),
        "has_agendas": bool(rules.of_kind(Agenda)),
        "rounds": _rounds(book),
        "forms": _forms(book),
        "routes": rules.of_kind(Route),
        "signings": rules.of_kind(Signing),
        "assessments": rules.of_kind(Assessment),
        "assumptions": sum(1 for _ in book.assumptions()),
        "amendments": list(_amendments(book)),
        "with_results": [
            (one, books.round_label(*one)) for one in rounds_with_results() if one[0] == year
        ],
    }
    return render(request, "public/year.html", context)


def _frames(book: Rulebook) -> list[tuple[str, Frame]]:
    """The frames of the year, each with the classes of bodies that share it, in words."""
    shared: list[tuple[list[str], Frame]] = []
    for kind in book.body_kinds():
        frame = frame_of(book, kind)
        same = next((kinds for kinds, other in shared if other == frame), None)
        if same is not None:
            same.append(kind)
        elif frame is not None:
            shared.append(([kind], frame))
    language = get_language() or "th"
    return [(bodies_words(tuple(kinds), language), frame) for kinds, frame in shared]


def _groups(rules: Rules) -> Iterator[tuple[Rule[KpiGroup], list[tuple[Rule[KpiKind], str]]]]:
    """The groups of KPIs within components, each with its kinds; for whom, where not for all."""
    language = get_language() or "th"
    for group in rules.of_kind(KpiGroup):
        kinds = [kind for kind in rules.of_kind(KpiKind) if kind.value.group == group.id]
        yield (
            group,
            [
                (
                    kind,
                    bodies_words(kind.entry.bodies, language)
                    if kind.entry.bodies != group.entry.bodies
                    else "",
                )
                for kind in kinds
            ],
        )


def _rounds(book: Rulebook) -> list[tuple[Rule[Round], date | None]]:
    """Each round with its report's due day: the calendar's, else its own. One query."""
    ends = {one.id: one.last for one in entries(book.year.buddhist)}
    return [
        (rule, ends.get(rule.id) or ends.get(rule.id.replace("round.", "report-due.", 1)))
        for rule in book.on(book.year.last_day).of_kind(Round)
    ]


def _forms(book: Rulebook) -> list[str]:
    """What bodies fill in during the year, by the kinds of rule that the year has."""
    rules = book.on(book.year.last_day)
    sent = {form for rule in rules.of_kind(Round) for form in rule.value.reports}
    forms = ["scorecard", "template", *(["plan"] if rules.the(ActivityPlan) else [])]
    return forms + [form for form in ("sar", "card") if form in sent]


@dataclass(frozen=True)
class Amendment:
    """A day of the year on which rules began, ended or changed."""

    day: date
    before: date
    changes: list[tuple[Change, list[str]]]


def _amendments(book: Rulebook) -> Iterator[Amendment]:
    """The days after the year had begun that changed what bound, with the clauses.

    That a document came to print a figure binds nobody.
    """
    language = get_language() or "th"
    for day in (one for one in book.change_days() if one > book.year.first_day):
        before = day - timedelta(days=1)
        differences = [
            (change, _cited(change, day, language))
            for change in changes(book.on(before), book.on(day), language)
            if not isinstance(change.rule.value, Printed)
        ]
        if differences:
            yield Amendment(day, before, differences)


def _cited(change: Change, day: date, language: str) -> list[str]:
    """The clauses of the version that a change comes from; an ending has its own."""
    version = next(one for one in change.rule.entry.versions[::-1] if one.first_day <= day)
    return [cite_words(cite, language) for cite in version.cites]
