"""Reads of scorecards, indicators and change requests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import LISTED, listed_for
from esar.agree.scorecards.frozen import AgreedItem
from esar.agree.scorecards.kpi_findings import Audited, audited_items
from esar.agree.scorecards.models import Kpi, Offer, Scorecard, ScorecardVersion, Signature
from esar.agree.scorecards.states import State
from esar.law.rules.kinds import Route
from esar.platform.history.models import Event
from esar.platform.organisations.models import Body, Committee, Jurisdiction, Person, Role
from esar.platform.organisations.queries import (
    bodies_of,
    committees_of,
    office_code,
    sees_everything,
)
from esar.platform.ui import books
from esar.platform.ui.filters import every_word


def signatures_of(scorecard: Scorecard, sha256: str) -> list[Signature]:
    """Who has signed this content since it was last approved, in order. One query.

    What was sent back after some had signed is signed anew, by everyone.
    """
    signatures = list(Signature.objects.filter(scorecard=scorecard, sha256=sha256))
    last = max((one.approved_at for one in signatures), default=None)
    if scorecard.state == State.SIGN:
        last = scorecard.since
    return [one for one in signatures if one.approved_at == last]


AT_THE_BODY = (State.DRAFT, State.PROPOSED)


def visible(person: Any, day: date, path: str, at_the_body: Q) -> Q:
    """OPDC sees all; a body its own; a ministry its departments'; a committee what reached it."""
    if sees_everything(person, day):
        return Q()
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER, Role.CENTRAL_OWNER)
    ministries = bodies_of(person, day, Role.MINISTERS_OFFICE)
    committees = committees_of(person, day, Role.SECRETARY, Role.MEMBER)
    condition = Q(**{f"{path}body__in": own})
    if ministries:
        departments = Q(**{f"{path}body__parent__in": ministries})
        if Body.objects.filter(
            pk__in=ministries, code=office_code("minister_of_provinces")
        ).exists():
            departments |= Q(**{f"{path}body__kind": Body.Kind.PROVINCE})
        condition |= departments & ~at_the_body
    if committees:
        reached = Q(pk=None)
        for committee in Committee.objects.filter(pk__in=committees):
            bodies = Jurisdiction.objects.filter(committee=committee).values("body")
            of_bodies = Q(**{f"{path}body__in": bodies}) if committee.level else Q()
            reached |= of_bodies & in_its_years(committee, path)
        condition |= reached & ~at_the_body
    return condition


def in_its_years(committee: Committee, path: str) -> Q:
    """Scorecards of the fiscal years that a committee considers."""
    condition = Q()
    if committee.first_year is not None:
        condition &= Q(**{f"{path}fiscal_year__gte": committee.first_year})
    if committee.last_year is not None:
        condition &= Q(**{f"{path}fiscal_year__lte": committee.last_year})
    return condition


def visible_scorecards(person: Any, day: date) -> QuerySet[Scorecard]:
    """The scorecards that exist for this person; to others they are not found."""
    return Scorecard.objects.filter(
        visible(person, day, "", Q(state__in=AT_THE_BODY))
    ).select_related("body__parent")


def counted_scorecards(person: Any, day: date) -> QuerySet[Scorecard]:
    """The scorecards one may see, with `kpi_count`. One query."""
    counted = (
        Kpi.objects.filter(scorecard=OuterRef("pk"))
        .order_by()
        .values("scorecard")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return visible_scorecards(person, day).annotate(kpi_count=Subquery(counted))


def route_of(scorecard: Scorecard) -> Route | None:
    """The year's route of approval for this class of body."""
    return route_for(scorecard.fiscal_year, scorecard.body.kind, "approval")


def route_for(year: int, body_kind: str, prefix: str) -> Route | None:
    book = books.book(year)
    if book is None:
        return None
    rules = book.on(book.year.last_day, body_kind).of_kind(Route)
    routes = (rule for rule in rules if rule.id == prefix or rule.id.startswith(f"{prefix}."))
    return next((rule.value for rule in routes), None)


def acts_of(scorecard: Scorecard, route: Route) -> list[str]:
    """The acts of the route that this scorecard takes, in order.

    One query more where a step is for some scorecards only.
    """
    steps = route.acts
    negotiated = scorecard.state == State.DECIDE  # whatever OPDC's list says by now
    if has_list(scorecard) and not negotiated and not _unlisted(scorecard):
        steps = tuple(step for step in steps if step.only != "unlisted")
    return [str(step.act) for step in steps]


def has_list(scorecard: Scorecard) -> bool:
    """Whether it matters to the route if KPIs are on OPDC's list."""
    route = route_of(scorecard)
    return route is not None and any(step.only == "unlisted" for step in route.acts)


def _unlisted(scorecard: Scorecard) -> bool:
    """Whether a KPI is the body's own, or OPDC's in other words than OPDC's.

    Once it is approved, whether it was negotiated: what is amended later does not alter its route.
    """
    if scorecard.approved_sha256:
        return approval_of(scorecard, scorecard.approved_sha256) is not None
    kpis = Kpi.objects.filter(scorecard=scorecard).select_related("template__indicator")
    return bool(unlisted(kpis, scorecard.fiscal_year))


def approval_of(scorecard: Scorecard, sha256: str) -> Event | None:
    """The committee's approval of this very content, from the log. One query."""
    approvals = Event.objects.filter(
        verb="scorecard.approve", subject_kind="scorecard", subject_id=str(scorecard.pk)
    ).order_by("-number")
    return next((one for one in approvals if one.after and one.after.get("sha256") == sha256), None)


def unlisted(kpis: Iterable[Kpi], year: int) -> list[str]:
    """The numbers of KPIs that are not on OPDC's list of a year. One query.

    A KPI is on it when it says nothing otherwise than a text of the list; what the text leaves
    empty is the body's to fill in.
    """
    by_item: dict[str, list[IndicatorVersion]] = {}
    for version in listed_for(year):
        by_item.setdefault(version.indicator.listed_as, []).append(version)
    return [
        kpi.number
        for kpi in kpis
        if not kpi.template.indicator.is_of_the_rules
        and not any(
            all(getattr(version, name) in ("", getattr(kpi.template, name)) for name in LISTED)
            for version in by_item.get(kpi.template.indicator.listed_as, ())
        )
    ]


def act_after(acts: list[str], state: str) -> str | None:
    """The act after `state`; None after the last."""
    after = acts.index(state) + 1
    return acts[after] if after < len(acts) else None


def level_at(route: Route, state: str) -> int | None:
    """Whose committee acts at this state of the route."""
    return next((step.level for step in route.acts if step.act == state), None)


def offers_of(scorecard: Scorecard) -> dict[str, list[Offer]]:
    """The negotiation ledger: KPI number → offers in order. One query."""
    ledger: dict[str, list[Offer]] = {}
    for offer in Offer.objects.filter(scorecard=scorecard).select_related("by"):
        ledger.setdefault(offer.number, []).append(offer)
    return ledger


def versions_of(scorecard: Scorecard) -> QuerySet[ScorecardVersion]:
    return ScorecardVersion.objects.filter(scorecard=scorecard)


def recorded_signatures(person: Person, scorecard: Scorecard) -> bool:
    """Whether the person recorded who has signed what is approved now. One query."""
    return Signature.objects.filter(
        scorecard=scorecard, approved_at=scorecard.since, recorded_by=person
    ).exists()


def last_year_of(scorecards: Iterable[Scorecard]) -> dict[int, dict[str, Audited]]:
    """Scorecard id → indicator's code → what the body had for it the year before. One query."""
    cards_by_year = {(one.body_id, one.fiscal_year - 1): one.pk for one in scorecards}
    rows = Kpi.objects.filter(
        scorecard__body__in={body for body, _ in cards_by_year},
        scorecard__fiscal_year__in={year for _, year in cards_by_year},
    ).values_list(
        "scorecard__body",
        "scorecard__fiscal_year",
        "template__indicator__code",
        "number",
        "targets",
        "template__unit",
        "template__direction",
        "items",
    )
    by_card: dict[int, dict[str, Audited]] = {pk: {} for pk in cards_by_year.values()}
    for body, year, code, number, targets, unit, direction, items in rows:
        if (body, year) in cards_by_year:
            of_items = audited_items(number, map(AgreedItem.from_json, items), unit)
            audited = Audited(number, tuple(targets), unit, direction, items=of_items)
            by_card[cards_by_year[body, year]][code] = audited
    return by_card


def kpi_search(person: Any, day: date, text: str) -> QuerySet[Kpi]:
    """KPIs of visible scorecards whose name matches, newest year first. One query."""
    kpis = Kpi.objects.filter(scorecard__in=visible_scorecards(person, day))
    kpis = kpis.filter(every_word(text, ["number", "template__name", "template__indicator__code"]))
    return kpis.select_related("template", "scorecard__body").order_by(
        F("scorecard__fiscal_year").desc(), "pk"
    )
