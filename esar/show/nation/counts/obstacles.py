"""Q9: which obstacles bodies told of in their reports, for the next year's targets. For OPDC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from esar.law.rules.book import Rules
from esar.law.rules.kinds import Round as RoundRule
from esar.platform.organisations.models import OF_OPDC, Body
from esar.platform.organisations.tables import BodySearch, body_column, body_fields, committee_group
from esar.platform.ui.cells import code
from esar.platform.ui.columns import round_column, round_field
from esar.platform.ui.filters import Choice, Round, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.report.reports.frozen import SentClaim
from esar.report.reports.models import ReportVersion
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

TOLD, UNTOLD = TELLS = ("told", "untold")


@dataclass(frozen=True)
class Told:
    """A KPI as it was last sent in, with what its body says stood in the way."""

    version: ReportVersion
    claim: SentClaim

    @property
    def body(self) -> Body:
        return self.version.report.scorecard.body

    @property
    def is_demo(self) -> bool:
        return self.version.report.scorecard.is_demo

    @property
    def round_id(self) -> str:
        return self.version.report.round_id

    @property
    def tells(self) -> str:
        """Whether it tells of an obstacle, or suggests something."""
        return TOLD if self.claim.obstacles.strip() or self.claim.suggestions.strip() else UNTOLD


def told_of(as_of: AsOf) -> list[Told]:
    """Every KPI of every report of the year that was sent in. One query."""
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number")
    versions = ReportVersion.objects.filter(
        report__scorecard__fiscal_year=as_of.year, number=Subquery(newest.values("number")[:1])
    ).select_related("report__scorecard__body__parent")
    ordered = versions.order_by("report__scorecard__body__name_key", "report__round_id")
    return [Told(version, claim) for version in ordered for claim in version.sent_in.claims]


def figures(rows: Sequence[Told]) -> Iterator[Figure]:
    """How many KPIs tell of something, and how many bodies."""
    telling = [row for row in rows if row.tells == TOLD]
    bodies = {row.body.pk for row in telling}
    yield Figure("total", _("nation.kpis_sent_in"), len(rows))
    yield Figure("told", _("obstacle-told.told"), len(telling), f"tells={TOLD}")
    yield Figure("bodies", _("nation.bodies_telling"), len(bodies), f"tells={TOLD}")


class ObstacleList(RowList[Told]):
    """KPIs with obstacles and suggestions, in their bodies' own words."""

    filters = (
        BodySearch(path="body__", paths=("claim.name", "claim.obstacles", "claim.suggestions")),
        Round(path="round_id"),
        committee_group("body__"),
        Choice("tells", _("page.state"), values=TELLS, words=code_words("obstacle-told")),
    )
    columns = (
        body_column(
            "body",
            lambda row: reverse("reports:report", args=[row.version.report_id]),
            demo="is_demo",
        ),
        round_column("round_id", sort="round_id"),
        Column(
            "kpi", _("page.kpi"), "claim", lambda claim: f"{claim.number} {claim.name}", phone=FIRST
        ),
        Column("status", _("page.state"), "claim.status", code("claim-status")),
        Column("obstacles", _("label.obstacles"), "claim.obstacles"),
        Column("suggestions", _("label.suggestions"), "claim.suggestions"),
    )
    fields = (
        *body_fields("body"),
        round_field("round_id"),
        Field("number", _("field.number"), "claim.number"),
        Field("name", _("page.kpi"), "claim.name"),
        Field("status", _("page.state"), "claim.status", code("claim-status")),
        Field("factors", _("label.factors"), "claim.factors"),
        Field("obstacles", _("label.obstacles"), "claim.obstacles"),
        Field("suggestions", _("label.suggestions"), "claim.suggestions"),
    )


def has_rounds(rules: Rules) -> bool:
    return bool(rules.of_kind(RoundRule))


OBSTACLES = register_question(
    Table("Q9", told_of, figures, ObstacleList, has_rounds, roles=OF_OPDC, is_now=True)
)
