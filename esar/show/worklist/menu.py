"""The menu as a table: what stands in it, in order, and who sees it. One question an entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from esar.judge.results.permissions import SEES_LINKAGE
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.ui.doors import lets_in
from esar.platform.ui.forms import lazy_say as _

MAX_MENUS = 256  # of viewers who differ, kept at a time


@dataclass(frozen=True)
class Viewer:
    """Whose menu it is: the roles of today, None for a visitor; and the years it is about."""

    roles: frozenset[str] | None
    year: int
    linkage_year: int | None = None


Question = Callable[[Viewer], bool]
Address = Callable[[Viewer], list[object]]


def visitors(viewer: Viewer) -> bool:
    return viewer.roles is None


def people(viewer: Viewer) -> bool:
    return viewer.roles is not None


def everyone(viewer: Viewer) -> bool:  # noqa: ARG001 a question about anyone
    return True


def holders_of(*roles: str) -> Question:
    """Whoever holds one of the roles today."""
    return lambda viewer: bool((viewer.roles or frozenset()) & set(roles))


def follows_assessments(viewer: Viewer) -> bool:
    return holders_of(*OF_OPDC, Role.MINISTERS_OFFICE)(viewer)


def reports_and_opdc(viewer: Viewer) -> bool:
    return holders_of(*OF_OPDC, Role.REPORTER, Role.APPROVER)(viewer)


def follows_agendas(viewer: Viewer) -> bool:
    roles = (Role.REPORTER, Role.APPROVER, Role.SECRETARY, Role.MEMBER)
    return holders_of(*OF_OPDC, *roles)(viewer)


def sees_self_evaluations(viewer: Viewer) -> bool:
    roles = (Role.REPORTER, Role.APPROVER, Role.MINISTERS_OFFICE)
    return holders_of(*OF_OPDC, *roles)(viewer)


def sees_the_linkage(viewer: Viewer) -> bool:
    """In a year whose results go into the appraisal of heads."""
    return bool(viewer.linkage_year) and holders_of(*SEES_LINKAGE)(viewer)


opdc = holders_of(*OF_OPDC)


def nothing_more(viewer: Viewer) -> list[object]:  # noqa: ARG001 an address without a place
    return []


def called(code: str) -> Callable[[Viewer], Any]:
    return lambda viewer: _(code, (("year", viewer.year),))


@dataclass(frozen=True)
class Entry:
    """What a page is called in the menu, its address, and who sees it there."""

    label: Callable[[Viewer], Any]
    address: str
    seen_by: Question = people
    place: Address = nothing_more  # what the address names further

    def link(self, viewer: Viewer) -> Link:
        return Link(self.label(viewer), reverse(self.address, args=self.place(viewer)))


@dataclass(frozen=True)
class Link:
    label: Any
    href: str


@dataclass(frozen=True)
class Menu:
    """What stands in the row, what behind "more", and what everyone may read."""

    first: list[Link]
    more: list[Link]
    public: list[Link]


FIRST = (
    Entry(called("page.home"), "public:home", visitors),
    Entry(called("page.desk"), "worklist:desk"),
    Entry(called("page.scorecards"), "scorecards:scorecards"),
    Entry(called("page.reports"), "reports:reports"),
    Entry(called("page.assessments"), "assessments:assessments", follows_assessments),
    Entry(called("page.sittings"), "committees:sittings"),
)
MORE = (
    Entry(called("page.kpis_menu"), "scorecards:kpis"),
    Entry(called("page.changes"), "changes:changes"),
    Entry(called("plan-page.plans"), "activity_plans:plans"),
    Entry(called("page.plan_summary"), "monthly:plan-summary-newest", opdc),
    Entry(called("page.central"), "central_data:central"),
    Entry(called("page.central_sets"), "central_data:central-sets", holders_of(Role.CENTRAL_OWNER)),
    Entry(called("page.warnings"), "early_warning:warnings"),
    Entry(called("page.appeals"), "appeals:appeals"),
    Entry(called("page.to_release"), "results:to-release", opdc),
    Entry(
        called("page.linkage"),
        "results:linkage",
        sees_the_linkage,
        lambda viewer: [viewer.linkage_year, 1],
    ),
    Entry(called("page.letters"), "letters:letters", reports_and_opdc),
    Entry(called("page.extensions"), "extensions:extensions", reports_and_opdc),
    Entry(called("page.follow_ups"), "follow_ups:follow-ups", follows_agendas),
    Entry(
        called("page.outside_results"),
        "outside_results:results",
        holders_of(Role.REPORTER, Role.ANALYST, Role.ADMINISTRATOR),
    ),
    Entry(
        called("page.self_evaluations"),
        "self_evaluations:self-evaluations",
        sees_self_evaluations,
    ),
    Entry(called("page.templates"), "kpi_definitions:kpi-templates-list", opdc),
    Entry(called("page.library"), "library:indicators"),
    Entry(called("page.indexes"), "indexes:indexes"),
    Entry(called("minister.menu"), "nation:ministers", follows_assessments),
    Entry(called("nation.menu"), "nation:tables", people, lambda viewer: [viewer.year]),
    Entry(called("page.strategic"), "strategic_kpis:strategics"),
    Entry(called("page.strategic_results"), "strategic_kpis:strategic-results", reports_and_opdc),
    Entry(called("page.people"), "organisations:people"),
    Entry(called("page.role_offers"), "role_offers:role-offers"),
    Entry(
        called("page.security"),
        "security:events",
        holders_of(Role.ADMINISTRATOR, Role.AUDITOR),
    ),
    Entry(
        called("page.corrections"),
        "privacy:corrections",
        holders_of(Role.ADMINISTRATOR, Role.AUDITOR),
    ),
    Entry(
        called("page.duals"),
        "dual_control:duals",
        holders_of(Role.ADMINISTRATOR, Role.AUDITOR),
    ),
    Entry(
        called("page.check_ups"),
        "operations:check-ups",
        holders_of(Role.ADMINISTRATOR, Role.AUDITOR),
    ),
)
PUBLIC = (
    Entry(called("page.year"), "public:year", everyone, lambda viewer: [viewer.year]),
    Entry(called("page.calendar"), "calendars:calendars", everyone),
    Entry(called("page.rules"), "public:rules-now", everyone),
    Entry(called("page.results"), "public:newest-results", everyone),
    Entry(called("page.agendas"), "public:newest-agendas", everyone),
    Entry(called("page.agencies"), "public:agencies", everyone),
)


@lru_cache(MAX_MENUS)
def menu_of(viewer: Viewer) -> Menu:
    """The entries that a viewer sees, in their order; the same for all who hold the same roles."""
    return Menu(*(_links(entries, viewer) for entries in (FIRST, MORE, PUBLIC)))


def _links(entries: Sequence[Entry], viewer: Viewer) -> list[Link]:
    links = [entry.link(viewer) for entry in entries if entry.seen_by(viewer)]
    return [link for link in links if lets_in(link.href, viewer.roles or ())]
