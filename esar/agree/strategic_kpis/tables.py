"""The register of strategic KPIs, and what waits for a sitting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse

from esar.agree.committees.models import Sitting
from esar.agree.strategic_kpis.achieved import STANDINGS as RESULT_STANDINGS
from esar.agree.strategic_kpis.achieved import Duty, duties, strategic_law
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.queries import (
    CASCADED,
    NOT_CASCADED,
    STANDINGS,
    UNDECIDED,
    hosts_of_year,
    visible_strategic,
    waiting_for,
)
from esar.agree.strategic_kpis.states import StrategicState
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds
from esar.platform.organisations.tables import CommitteeGroup, body_search
from esar.platform.ui import books
from esar.platform.ui.cells import code, demo_chip, state_mark
from esar.platform.ui.columns import state_column, state_field
from esar.platform.ui.filters import Choice, Filter, Option, Reader, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, WIDE_ONLY, Column, Field, ListPage, WorkedList
from esar.platform.ui.templatetags.words import day as day_words
from esar.platform.ui.templatetags.words import name_of, plain, words


def decided(year: int | None) -> QuerySet[CascadeDecision]:
    """The decision that counts of the row at hand."""
    rows = CascadeDecision.objects.filter(strategic=OuterRef("pk"), fiscal_year=year or 0)
    return rows.order_by("-number")


def with_standing(rows: QuerySet[StrategicKpi], year: int | None) -> QuerySet[StrategicKpi]:
    """With `standing`, `reason`, `note` and whether a KPI `reaches` of each row's decision."""
    newest = decided(year)
    rows = rows.annotate(
        decision=Subquery(newest.values("pk")[:1]),
        reason=Subquery(newest.values("reason")[:1]),
        note=Subquery(newest.values("note")[:1]),
        reaches=Exists(Cascade.objects.filter(decision=OuterRef("decision"))),
    )
    return rows.annotate(
        standing=Case(
            When(decision=None, then=Value(UNDECIDED)),
            When(reaches=True, then=Value(CASCADED)),
            default=Value(NOT_CASCADED),
        )
    )


class HostFilter(Filter):
    """The host of a strategic KPI. One query for what it offers."""

    def options(self, reader: Reader) -> Iterator[Option]:
        hosts = visible_strategic(reader.person, reader.day).order_by("host__name_key")
        for host in dict.fromkeys(row.host for row in hosts.only("host")):
            yield host.code, name_of(host)


class HostGroup(CommitteeGroup):
    """The kind of committee that decides on a host's strategic KPIs: a host is mostly a ministry,
    and no committee considers one.
    """

    def bodies(self, value: str, reader: Reader) -> set[int]:
        years = [reader.year] if reader.year else books.years()
        hosts = (host for year in years for host in hosts_of_year(year))
        return {host.body.pk for host in hosts if host.committee.rule_id == value}


def host_group(path: str) -> HostGroup:
    """`path` leads to the host: "host__"."""
    return HostGroup("committees", _("page.committee_group"), path)


def reason_words(year: int | None) -> Any:
    """What the year's rules call a reason."""
    law = strategic_law(year or 0)
    labels = {item.id: item.label for item in law.value.reasons} if law else {}
    return lambda reason: words(labels[reason]) if reason in labels else reason


class StrategicList(ListPage[StrategicKpi]):
    """Every strategic KPI that one may see. Four queries, however many rows."""

    title, help = _("page.strategic"), _("page.strategic_help")
    empty, name = _("page.strategic_none"), "esar-strategic-kpis"
    address, template = "strategic_kpis:strategics-export", "strategic_kpis/list.html"
    picks, sort = "strategic", "code"
    filters = (
        body_search("host__", paths=("code", "name")),
        Year(path="fiscal_year__lte"),
        HostFilter("host", _("label.host"), "host__code"),
        host_group("host__"),
        State(values=StrategicState.values, words=code_words("strategic-state")),
        Choice(
            "standing", _("page.standing"), values=STANDINGS, words=code_words("cascade-standing")
        ),
    )
    columns = (
        Column(
            "name",
            _("page.name"),
            sort="name",
            phone=FIRST,
            link="strategic_kpis:strategic",
            also=demo_chip("is_demo"),
        ),
        Column("code", _("page.code"), sort="code"),
        Column("host", _("label.host"), as_=name_of, sort="host__name_key"),
        Column("plan", _("label.plan"), as_=code("choice"), sort="plan", phone=WIDE_ONLY),
        state_column("strategic-state", in_force="done"),
        Column("standing", _("page.standing"), as_=code("cascade-standing"), sort="standing"),
    )
    fields = (
        Field("code", _("page.code")),
        Field("name", _("page.name")),
        Field("host", _("label.host"), "host.name_th"),
        Field("unit", _("label.unit")),
        Field("plan", _("label.plan"), as_=code("choice")),
        Field("issue", _("label.issue")),
        Field("sub_issue", _("label.sub_issue")),
        state_field("strategic-state"),
        Field("standing", _("page.standing"), as_=code("cascade-standing")),
        Field("reason", _("page.strategic_reason")),
        Field("note", _("label.strategic_note")),
    )

    def rows(self) -> QuerySet[StrategicKpi]:
        visible = visible_strategic(self.reader.person, self.reader.day)
        return with_standing(visible, self.reader.year)

    def begins(self) -> Iterator[tuple[Any, str]]:
        if holds(self.reader.person, self.reader.day, Role.ANALYST):
            yield _("page.strategic_new"), reverse("strategic_kpis:strategic-new")
            yield _("page.strategic_load"), reverse("strategic_kpis:load")

    def tokens(self) -> list[tuple[int, str]]:
        """What each row of the page showed."""
        return tokens_of(self)


def tokens_of(page: ListPage[StrategicKpi]) -> list[tuple[int, str]]:
    """The token of each row that a page of strategic KPIs shows."""
    return [(line.row.pk, STRATEGIC_LIFE.seen(line.row)) for line in page.lines]


class WaitingList(ListPage[StrategicKpi]):
    """What waits for a sitting's resolution."""

    title = _("page.strategic")
    empty, template, picks = (
        _("page.strategic_nothing_waits"),
        "strategic_kpis/sitting.html",
        "strategic",
    )
    sort, page_size = "code", 500
    filters = (body_search("host__", paths=("code", "name")),)
    columns = (
        Column("name", _("page.name"), sort="name", phone=FIRST, link="strategic_kpis:strategic"),
        Column("code", _("page.code"), sort="code"),
        Column("host", _("label.host"), as_=name_of, sort="host__name_key"),
        state_column("strategic-state"),
    )

    def __init__(self, request: HttpRequest, sitting: Sitting, *, may: bool) -> None:
        super().__init__(request, picks=may and sitting.committee.level < 2)
        self.sitting, self.may = sitting, may

    @property
    def shown_columns(self) -> Sequence[Column]:
        if not self.may or self.sitting.committee.level < 2:
            return self.columns
        decide = Column(
            "decide",
            _("page.standing"),
            "",
            lambda row: _("page.strategic_decide", (("kpi", row.code),)),
            link=lambda row: reverse("strategic_kpis:decide", args=[self.sitting.pk, row.pk]),
            phone=FIRST,
        )
        return [*self.columns, decide]

    def tokens(self) -> list[tuple[int, str]]:
        """What each row of the page showed."""
        return tokens_of(self)

    def rows(self) -> QuerySet[StrategicKpi]:
        return waiting_for(self.sitting.committee, self.sitting.fiscal_year)


def page_of(duty: Duty) -> str:
    return reverse("strategic_kpis:strategic", args=[duty.strategic.pk])


class ResultBoard(WorkedList[Duty]):
    """What each host owes of its strategic KPIs for a year, and what it reported. Three queries."""

    title, help = _("page.strategic_board"), _("page.strategic_board_help")
    empty, name = _("page.strategic_none"), "esar-strategic-results"
    address, page_size = "strategic_kpis:board-export", LONG
    filters = (
        body_search("strategic__host__", paths=("strategic__name", "strategic__code")),
        Year(path="year"),
        Choice(
            "standing",
            _("page.state"),
            values=RESULT_STANDINGS,
            words=code_words("strategic-result-standing"),
        ),
    )
    columns = (
        Column(
            "name",
            _("page.name"),
            "strategic.name",
            sort="strategic__name",
            phone=FIRST,
            link=page_of,
            also=demo_chip("strategic.is_demo"),
        ),
        Column("code", _("page.code"), "strategic.code", sort="strategic__code"),
        Column("host", _("label.host"), as_=name_of, sort="host__name_key"),
        Column("target", _("page.target"), as_=plain, figure=True),
        Column("result", _("label.value"), "result.value", plain, figure=True),
        Column("due", _("field.due"), as_=day_words, sort="due"),
        Column(
            "standing", _("page.state"), as_=state_mark("strategic-result-standing", told="done")
        ),
    )
    fields = (
        Field("code", _("page.code"), "strategic.code"),
        Field("name", _("page.name"), "strategic.name"),
        Field("host", _("label.host"), "host.name_th"),
        Field("year", _("label.fiscal_year")),
        Field("target", _("page.target"), figure=True),
        Field("result", _("label.value"), "result.value", figure=True),
        Field("due", _("field.due")),
        Field("standing", _("page.state"), as_=code("strategic-result-standing")),
    )

    def rows(self) -> list[Duty]:
        return duties(self.reader.year, self.reader.day) if self.reader.year else []
