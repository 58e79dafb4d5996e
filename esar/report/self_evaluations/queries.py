"""Who evaluates itself in a year, and what came of it. None of it is ever added to results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from esar.law.rules.book import Rule
from esar.law.rules.kinds import SelfEvaluating
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, holds, office_code
from esar.platform.ui import books
from esar.report.self_evaluations.models import (
    TEXT,
    SelfEvaluation,
    SelfEvaluationPaper,
)
from esar.report.self_evaluations.states import ASKED, CHECKED, PUT, RECEIVED


def rule_of(year: int) -> Rule[SelfEvaluating] | None:
    """The year's rule on bodies that evaluate themselves; None where none do."""
    book = books.book(year)
    return book.on(book.year.last_day).the(SelfEvaluating) if book else None


def evaluate_themselves(year: int) -> QuerySet[Body]:
    """The bodies that evaluate themselves in a year. One query, none where the rules name none."""
    rule = rule_of(year)
    if rule is None:
        return Body.objects.none()
    codes = rule.value.codes
    of_the_rule = Q(code__in=codes) | Q(parent__code__in=codes)
    return Body.objects.filter(of_the_rule, kind=Body.Kind.DEPARTMENT).select_related("parent")


def not_asked(year: int, round_id: str) -> QuerySet[Body]:
    """Those of them that nobody has asked for their papers of a round."""
    rows = SelfEvaluation.objects.filter(fiscal_year=year, round_id=round_id)
    return evaluate_themselves(year).exclude(pk__in=rows.values("body"))


def put_before(year: int, round_id: str) -> QuerySet[SelfEvaluation]:
    """What was put to the Prime Minister of a round, to be shown apart. One query."""
    rows = SelfEvaluation.objects.filter(fiscal_year=year, round_id=round_id, state=PUT)
    return rows.select_related("body").order_by("body__name_key")


def put_in(rounds: Iterable[tuple[int, str]]) -> list[SelfEvaluation]:
    """The same of some years and rounds. A query for each year whose rules name such bodies."""
    return [row for year, name in rounds if rule_of(year) for row in put_before(year, name)]


def put_of(body: Body) -> QuerySet[SelfEvaluation]:
    """What was put to the Prime Minister of a body, newest year first. One query."""
    rows = SelfEvaluation.objects.filter(body=body, state=PUT)
    return rows.order_by("-fiscal_year", "-round_id")


def is_prime_ministers_office(person: Any, day: date) -> bool:
    """Whether a person acts for the Prime Minister's office. One query or none."""
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    code = office_code("prime_minister")
    return bool(offices) and Body.objects.filter(pk__in=offices, code=code).exists()


def at_desk_of(person: Any, day: date) -> list[SelfEvaluation]:
    """What waits for a person: to be written and sent, to be looked through, to be put. One query.

    None where the person has no part in it.
    """
    at = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    waits = Q(body__in=at, state=ASKED)
    if holds(person, day, Role.ANALYST):
        waits |= Q(state__in=(RECEIVED, CHECKED))
    elif not at:
        return []
    return list(SelfEvaluation.objects.filter(waits).select_related("body"))


def papers_of(thing: SelfEvaluation) -> QuerySet[SelfEvaluationPaper]:
    """Its documents. One query."""
    return SelfEvaluationPaper.objects.filter(self_evaluation=thing.pk).select_related("file")


def missing_from(thing: SelfEvaluation) -> list[str]:
    """What the year's rule asks for and its papers do not hold. One query."""
    rule = rule_of(thing.fiscal_year)
    there = {name: bool(getattr(thing, name).strip()) for name in TEXT}
    there |= {name: getattr(thing, name) is not None for name in ("total", "scale", "letter_day")}
    there["documents"] = papers_of(thing).exists()
    return [name for name in rule.value.papers if not there[name]] if rule else []
