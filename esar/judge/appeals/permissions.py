"""Who may begin an appeal, and why not; its life says the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from esar.judge.appeals.queries import (
    came_of_an_appeal,
    last_day,
    rule_of,
    standing,
)
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.access import ALLOWED, Verdict, denied, is_there_already
from esar.kernel.wording import Word
from esar.law.rules.refusals import denial
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


def may_begin(person: Any, result: Result, day: date) -> Verdict:
    """Begin an appeal: a reporter of the body, while the result can be appealed."""
    if not holds(person, day, Role.REPORTER, body=result.body_id):
        return denied("access.wrong_role", roles=(Word("role.reporter"),))
    last = last_day(result)
    if result.state != ResultState.RELEASED:
        return denied("appeal.not_released")
    if last is None:
        return denied("appeal.no_way")
    if day > last:
        return denial("appeal.late", rule_of(result.fiscal_year, result.body.kind), day=last)
    if came_of_an_appeal(result):
        return denied("appeal.final")
    if appeal := standing(result):
        there = reverse("appeals:appeal", args=[appeal.pk])
        return is_there_already("appeal.stands", there)
    return ALLOWED
