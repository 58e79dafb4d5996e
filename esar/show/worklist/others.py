"""What a body's people have sent on and wait for: at whose desk it is, and since when.

Whose turn it is follows from the tables of moves of the lives themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.judge.appeals.life import APPEAL_LIFE
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.early_warning.life import WARNING_LIFE
from esar.platform.lifecycle.life import Life
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, names_at
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import name_of, sentence, words
from esar.report.activity_plans.life import PLAN_CHANGE_LIFE, PLAN_LIFE
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.reports.life import REPORT_LIFE
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE

LIVES: tuple[Life[Any], ...] = (
    SCORECARD_LIFE,
    TEMPLATES_LIFE,
    CHANGE_LIFE,
    PLAN_LIFE,
    PLAN_CHANGE_LIFE,
    REPORT_LIFE,
    EXTENSION_LIFE,
    SELF_EVALUATION_LIFE,
    ASSESSMENT_LIFE,
    WARNING_LIFE,
    APPEAL_LIFE,
)
MOST = 20  # of each kind: who waits for more than that reads the list
# Moves that nobody waits for: the way back, and an end that comes with time.
UNAWAITED = frozenset({"withdraw", "send_back", "withdraw_warning", "close_warning", "reopen"})
BEYOND = ""  # the turn of somebody who is not at the body


@dataclass(frozen=True)
class AtOthers:
    """One thing that waits for somebody else: `state` is the code that says for whom.

    `names` are the people at the body itself whose turn it is.
    """

    title: str
    path: str
    state: str
    since: datetime
    names: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day since which it is there."""
        return timezone.localdate(self.since)

    def days(self, day: date) -> int:
        """How long it has been there."""
        return (day - self.day).days


def turns(life: Life[Any]) -> Mapping[str, str]:
    """State → whose turn it is: the approver's, the reporter's, or that of somebody beyond.

    What has ended, or follows by itself, is nobody's turn and is left out.
    """
    roles: dict[str, set[str]] = {}
    for name, move in life.moves.items():
        if name not in UNAWAITED and not move.by_system:
            for state in move.sources:
                roles.setdefault(state, set()).update(move.roles)
    at_body = (Role.APPROVER, Role.REPORTER)
    return {
        state: next((role.value for role in at_body if role in of_state), BEYOND)
        for state, of_state in roles.items()
    }


@dataclass(frozen=True)
class Desks:
    """The bodies that a person reports and approves for, and who has these roles there."""

    bodies: Mapping[str, Collection[int]]
    names: Mapping[tuple[int, str], tuple[str, ...]]

    @property
    def all(self) -> set[int]:
        return set().union(*self.bodies.values())


def at_others(person: Any, day: date, year: int) -> list[AtOthers]:
    """What waits of a year at others, for who reports or approves; what is there longest first.

    A query for each life, however many things.
    """
    roles = (Role.REPORTER, Role.APPROVER)
    bodies = {role.value: bodies_of(person, day, role) for role in roles}
    desks = Desks(bodies, names_at(set().union(*bodies.values()), day, *roles))
    if not desks.all:
        return []
    begun = books.begun_rounds(year, day)
    waits = [row for life in LIVES for row in _of_life(life, desks, year, begun)]
    return sorted(waits, key=lambda row: row.since)


def _of_life(
    life: Life[Any], desks: Desks, year: int, begun: Collection[str]
) -> Iterator[AtOthers]:
    path, turn_of = life.body_at.replace(".", "__"), turns(life)
    waits = Q()
    for state, role in turn_of.items():
        waits |= Q(state=state) & ~Q(**{f"{path}__in": desks.bodies.get(role, ())})
    of_year = {f"{path.removesuffix('body')}fiscal_year": year}
    rows: QuerySet[Any] = life.model._default_manager.filter(
        waits, **of_year, **{f"{path}__in": desks.all}
    )
    if life is REPORT_LIFE:
        rows = rows.filter(round_id__in=begun)
    for row in rows.select_related(path).order_by("since", "pk")[:MOST]:
        body = attrgetter(life.body_at)(row)
        yield AtOthers(
            _title(life, row, body if len(desks.all) > 1 else None),
            _page(life, row),
            f"{life.state_words}.{row.state}",
            row.since,
            desks.names.get((body.pk, turn_of[row.state]), ()),
        )


def _title(life: Life[Any], thing: Any, body: Body | None) -> str:
    """What it is, with its KPI or its round, and of whom where there are several."""
    report = thing.report if life is ASSESSMENT_LIFE else thing
    of_what = getattr(thing, "number", "")
    if life in (REPORT_LIFE, ASSESSMENT_LIFE):
        year = report.scorecard.fiscal_year
        of_what = words(books.round_label(year, report.round_id))
    parts = (sentence(f"work-thing.{life.name}"), str(of_what), name_of(body) if body else "")
    return " ".join(part for part in parts if part)


def _page(life: Life[Any], thing: Any) -> str:
    """Where its people see it: an assessment is on the page of its report."""
    return REPORT_LIFE.address(thing.report) if life is ASSESSMENT_LIFE else life.address(thing)
