"""Whose menu it is, and the questions that decide what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from esar.judge.results.permissions import SEES_LINKAGE
from esar.platform.organisations.models import OF_OPDC, Role


@dataclass(frozen=True)
class Viewer:
    """Whose menu it is: the roles of today, None for a visitor; and the years it is about.

    `reported_year` is the one whose rounds it leads to, where that is another than the year worked
    in; `own_body` the code of the one body that the viewer reports or approves for.
    """

    roles: frozenset[str] | None
    year: int
    reported_year: int | None = None
    linkage_year: int | None = None
    own_body: str = ""


Question = Callable[[Viewer], bool]


def visitors(viewer: Viewer) -> bool:
    return viewer.roles is None


def people(viewer: Viewer) -> bool:
    return viewer.roles is not None


def everyone(viewer: Viewer) -> bool:  # noqa: ARG001 a question about anyone
    return True


def holders_of(*roles: str) -> Question:
    """Whoever holds one of the roles today."""
    return lambda viewer: bool((viewer.roles or frozenset()) & set(roles))


def who_has_one_body(viewer: Viewer) -> bool:
    return bool(viewer.own_body)


def sees_the_linkage(viewer: Viewer) -> bool:
    """In a year whose results go into the appraisal of heads."""
    return bool(viewer.linkage_year) and holders_of(*SEES_LINKAGE)(viewer)


opdc = holders_of(*OF_OPDC)
watchers = holders_of(Role.ADMINISTRATOR, Role.AUDITOR)
at_bodies = holders_of(Role.REPORTER, Role.APPROVER)
judges = holders_of(Role.ASSESSOR, Role.MINISTERS_OFFICE)
follows_assessments = holders_of(*OF_OPDC, Role.MINISTERS_OFFICE)
reports_and_opdc = holders_of(*OF_OPDC, Role.REPORTER, Role.APPROVER)
follows_agendas = holders_of(*OF_OPDC, Role.REPORTER, Role.APPROVER, Role.SECRETARY, Role.MEMBER)
sees_self_evaluations = holders_of(*OF_OPDC, Role.REPORTER, Role.APPROVER, Role.MINISTERS_OFFICE)
