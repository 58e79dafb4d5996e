"""What stands in the menus, as tables: the rail, what lies behind it, and the public's tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from esar.law.rules.kinds import (
    ActivityPlan,
    AgendaDuties,
    AgendaFollowUp,
    EarlyWarning,
    KpiTemplates,
    SelfEvaluating,
    StrategicKpis,
)
from esar.platform.organisations.models import Role
from esar.platform.ui import books
from esar.platform.ui.doors import lets_in
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.year_address import addresses_of
from esar.show.worklist.viewer import (
    Question,
    Viewer,
    at_bodies,
    everyone,
    follows_agendas,
    follows_assessments,
    holders_of,
    judges,
    opdc,
    people,
    reports_and_opdc,
    sees_self_evaluations,
    sees_the_linkage,
    watchers,
    who_has_one_body,
)

Place = Callable[[Viewer], list[object]]


def nothing_more(viewer: Viewer) -> list[object]:  # noqa: ARG001 an address without a place
    return []


def its_year(viewer: Viewer) -> list[object]:
    return [viewer.year]


@dataclass(frozen=True)
class Entry:
    """What a page is called in the menu, its address, and who sees it there.

    `place` is what the address names further; `of_rounds` says that the page is of the year being
    reported on. With `rule` it stands only in the menus of years
    whose rulebook has such a rule; `icon` is the noun of its picture.
    """

    code: str
    address: str
    seen_by: Question = people
    place: Place = nothing_more
    rule: type | None = None
    of_rounds: bool = False
    icon: str = ""

    def label(self, viewer: Viewer) -> Any:
        return _(self.code, (("year", viewer.year),))

    def href(self, viewer: Viewer) -> str:
        year = viewer.reported_year if self.of_rounds else None
        with addresses_of(year or viewer.year):
            return reverse(self.address, args=self.place(viewer))

    def is_for(self, viewer: Viewer) -> bool:
        """Whether the viewer finds it: no menu leads to a shut door, or to what a year has not."""
        return (
            self.seen_by(viewer)
            and (self.rule is None or books.has_rule(viewer.year, self.rule))
            and lets_in(self.href(viewer), viewer.roles or ())
        )


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    code: str
    entries: tuple[Entry, ...]


of_a_committee = holders_of(Role.SECRETARY, Role.MEMBER)
agrees_and_reports = holders_of(Role.REPORTER, Role.APPROVER, Role.SECRETARY, Role.MEMBER)
looks_at_all = holders_of(Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR)
analysts = holders_of(Role.ANALYST)
auditors = holders_of(Role.AUDITOR)


def has_many_bodies(viewer: Viewer) -> bool:
    return at_bodies(viewer) and not viewer.own_body


PROCESSES = Entry("rail.processes", "worklist:processes", opdc, icon="process")

# In the order that the rail shows them in. What also stands in a group below gives way, the last
# first, where somebody of several roles has more than fit.
RAIL = (
    Entry("page.desk", "worklist:desk", icon="tasks"),
    Entry("rail.country", "nation:nation", analysts, its_year, icon="map"),
    Entry(
        "rail.administration",
        "worklist:administration",
        holders_of(Role.ADMINISTRATOR),
        icon="settings",
    ),
    Entry(
        "rail.own_body",
        "public:agency",
        who_has_one_body,
        lambda viewer: [viewer.own_body],
        icon="building",
    ),
    Entry(
        "page.agencies",
        "public:agencies",
        lambda viewer: looks_at_all(viewer) or has_many_bodies(viewer),
        icon="building",
    ),
    Entry("rail.ministers", "nation:ministers", judges, icon="building"),
    PROCESSES,
    Entry("rail.to_assess", "assessments:assessments", judges, icon="check", of_rounds=True),
    Entry("rail.kpis", "scorecards:scorecards", agrees_and_reports, icon="target"),
    Entry("rail.reports", "reports:reports", agrees_and_reports, icon="report", of_rounds=True),
    Entry("rail.changes", "changes:changes", agrees_and_reports, icon="change"),
    Entry("rail.sittings", "committees:sittings", of_a_committee, icon="gavel"),
    Entry(
        "page.central",
        "central_data:central-sets",
        holders_of(Role.ANALYST, Role.CENTRAL_OWNER),
        icon="data",
        of_rounds=True,
    ),
    Entry("rail.letters", "letters:letters", analysts, icon="letter"),
    Entry("rail.release", "results:to-release", analysts, icon="publish"),
    Entry("rail.log", "public:log", auditors, icon="history"),
    Entry("rail.check_ups", "operations:check-ups", auditors, icon="check"),
    Entry("page.results", "public:newest-results", judges, icon="result"),
    Entry("page.calendar", "calendars:calendar", people, its_year, icon="calendar"),
)

# Every list of what goes on in the year, by what it is about.
GROUPS = (
    Group(
        "rail.group_kpis",
        (
            Entry("page.scorecards", "scorecards:scorecards"),
            Entry("page.kpis_menu", "scorecards:kpis"),
            Entry("page.templates", "kpi_definitions:kpi-templates-list", opdc, rule=KpiTemplates),
            Entry("page.strategic", "strategic_kpis:strategics", rule=StrategicKpis),
            Entry(
                "page.strategic_results",
                "strategic_kpis:strategic-results",
                reports_and_opdc,
                rule=StrategicKpis,
            ),
            Entry("page.library", "library:indicators"),
            Entry("page.indexes", "indexes:indexes"),
        ),
    ),
    Group(
        "rail.group_committees",
        (
            Entry("page.changes", "changes:changes"),
            Entry("page.sittings", "committees:sittings"),
        ),
    ),
    Group(
        "rail.group_reports",
        (
            Entry("page.reports", "reports:reports", of_rounds=True),
            Entry("plan-page.plans", "activity_plans:plans", rule=ActivityPlan),
            Entry(
                "page.plan_summary",
                "monthly:plan-summary-newest",
                opdc,
                rule=ActivityPlan,
            ),
            Entry("page.central", "central_data:central", of_rounds=True),
            Entry(
                "page.central_sets",
                "central_data:central-sets",
                holders_of(Role.ANALYST, Role.CENTRAL_OWNER),
                of_rounds=True,
            ),
            Entry("page.follow_ups", "follow_ups:follow-ups", follows_agendas, rule=AgendaFollowUp),
            Entry(
                "page.outside_results",
                "outside_results:results",
                holders_of(Role.REPORTER, Role.ANALYST, Role.ADMINISTRATOR),
                rule=AgendaDuties,
            ),
            Entry(
                "page.self_evaluations",
                "self_evaluations:self-evaluations",
                sees_self_evaluations,
                rule=SelfEvaluating,
            ),
            Entry("page.extensions", "extensions:extensions", reports_and_opdc),
            Entry("page.letters", "letters:letters", reports_and_opdc),
        ),
    ),
    Group(
        "rail.group_results",
        (
            Entry(
                "page.assessments", "assessments:assessments", follows_assessments, of_rounds=True
            ),
            Entry("page.warnings", "early_warning:warnings", rule=EarlyWarning, of_rounds=True),
            Entry("page.appeals", "appeals:appeals", of_rounds=True),
            Entry("page.to_release", "results:to-release", opdc),
            Entry(
                "page.linkage",
                "results:linkage",
                sees_the_linkage,
                lambda viewer: [viewer.linkage_year, 1],
            ),
            Entry("rail.country", "nation:nation", opdc, its_year),
            Entry("minister.menu", "nation:ministers", follows_assessments),
            Entry("nation.menu", "nation:tables", people, its_year),
        ),
    ),
    Group(
        "rail.group_public",
        (
            Entry("page.year", "public:year", people, its_year),
            Entry("page.calendar", "calendars:calendar", people, its_year),
            Entry("page.rules", "public:rules-now"),
            Entry("page.results", "public:newest-results"),
            Entry("page.agendas", "public:newest-agendas"),
            Entry("page.agencies", "public:agencies"),
        ),
    ),
)
# What keeps the system in order, for whoever does that or watches it.
ADMINISTRATION = (
    Group(
        "rail.group_people",
        (
            Entry("page.people", "organisations:people"),
            Entry("page.posts", "role_offers:by-body", watchers),
            Entry("page.role_offers", "role_offers:role-offers"),
            Entry("page.duals", "dual_control:duals", watchers),
            Entry("page.corrections", "privacy:corrections", watchers),
        ),
    ),
    Group(
        "rail.group_year",
        (
            Entry("page.year_readiness", "worklist:year-readiness", watchers),
            Entry("page.calendar", "calendars:calendar", watchers, its_year),
            Entry("page.rules", "public:rules", watchers, its_year),
            Entry("page.extensions", "extensions:extensions", watchers),
        ),
    ),
    Group(
        "rail.group_registry",
        (
            Entry("page.agencies", "public:agencies", watchers),
            Entry("page.portfolios", "organisations:portfolios", watchers),
            Entry(
                "page.office_holders",
                "organisations:office-holders",
                holders_of(Role.ADMINISTRATOR),
            ),
        ),
    ),
    Group(
        "rail.group_system",
        (
            Entry("page.check_ups", "operations:check-ups", watchers),
            Entry("page.security", "security:events", watchers),
            Entry("rail.log", "public:log", watchers),
        ),
    ),
)

# The public site's tabs; and what else everyone may read.
TABS = (
    Entry("tab.overview", "public:home", everyone),
    Entry("tab.ranking", "public:ranking-now", everyone),
    Entry("tab.kpis", "public:explore-now", everyone),
    Entry("tab.compare", "public:beside-now", everyone),
    Entry("tab.how", "public:year", everyone, its_year),
)
ALSO_PUBLIC = (
    Entry("page.agencies", "public:agencies", everyone),
    Entry("page.calendar", "calendars:calendar", everyone, its_year),
    Entry("page.rules", "public:rules-now", everyone),
    Entry("page.results", "public:newest-results", everyone),
    Entry("page.agendas", "public:newest-agendas", everyone),
)
