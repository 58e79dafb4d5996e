"""The lists of assessments and of visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.judge.assessments.levels import SELF
from esar.judge.assessments.life import ASSESSMENT_LIFE, row_of
from esar.judge.assessments.models import Assessment, Visit
from esar.judge.assessments.permissions import may_plan
from esar.judge.assessments.queries import (
    BODY,
    counted_assessments,
    counted_visits,
    stages_of,
)
from esar.judge.assessments.risk import Risk, ranked, sampling_rule
from esar.judge.assessments.states import Stage, VisitState
from esar.kernel.wording import Word
from esar.platform.organisations.tables import (
    DecidedList,
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui.cells import demo_chip, late_mark
from esar.platform.ui.columns import (
    round_column,
    round_field,
    since_column,
    state_column,
    state_field,
    year_column,
    year_field,
)
from esar.platform.ui.filters import Choice, Reader, ReportedYear, Round, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, ListPage, WorkedList
from esar.platform.ui.templatetags.words import day, name_of, plain, total_words, words

STAGES = (SELF, Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER)
ABOUT = ("advice", "visit")
VISITED = "scorecard__body__"
RISKY = "assessment__report__scorecard__body__"
chip = demo_chip("report.scorecard.is_demo")


def year_and_marks(assessment: Assessment) -> SafeString:
    """What stands after a body's name: the year, whether it is invented, how late it came."""
    report = assessment.report
    return format_html(
        ' <span class="meta">{}</span>{}{}',
        report.scorecard.fiscal_year,
        chip(assessment),
        late_mark(report.days_late),
    )


def number_or_zero(number: int | None) -> int:
    return number or 0


def own_total(assessment: Assessment) -> str:
    return total_words(assessment.totals.get(SELF, ""))


def total_at(stage: str) -> Callable[[Assessment], str | None]:
    """The total at a stage; nothing before it was reached."""

    def total(assessment: Assessment) -> str | None:
        totals = assessment.totals
        return totals[stage] or "not_reported" if stage in totals else None

    return total


def seen_in_row(assessment: Any) -> str:
    judged = row_of(assessment, assessment.judged or 0, assessment.judged_at)
    return ASSESSMENT_LIFE.seen(assessment, judged)


def reached(reader: Reader) -> list[str]:
    return stages_of(reader.year)


class AssessmentList(DecidedList[Assessment]):
    """Every assessment one may see. A constant number of queries."""

    title, empty = _("page.assessments"), _("page.no_assessments")
    name, address = "esar-assessments", "assessments:assessments-export"
    template, picks, body_id = "assessments/list.html", "assessment", "report.scorecard.body_id"
    sort, then = "since", (f"{BODY}name_key", "pk")
    filters = (
        body_search(BODY),
        ReportedYear(path="report__scorecard__fiscal_year"),
        Round(path="report__round_id"),
        State(values=reached, words=code_words("assessment-state")),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
    )
    columns = (
        body_column("report.scorecard.body", "assessments:assessment", also=year_and_marks),
        round_column("report.round_id", sort="report__round_id"),
        state_column("assessment-state"),
        Column("self", _("stage.self"), "", own_total, figure=True),
        Column("newest_total", _("page.newest_total"), as_=total_words, figure=True),
        Column("judged", _("page.judged_kpis"), as_=number_or_zero, figure=True),
        since_column(),
    )
    fields = (
        year_field("report.scorecard.fiscal_year"),
        round_field("report.round_id"),
        *body_fields("report.scorecard.body"),
        state_field("assessment-state"),
        *(Field(stage, _(f"stage.{stage}"), total_at(stage), figure=True) for stage in STAGES),
    )

    def rows(self) -> QuerySet[Assessment]:
        return counted_assessments(self.reader.person, self.reader.day)

    def tokens(self) -> list[tuple[int, str]]:
        """What each row of the page shows, for whoever passes it on."""
        return [(line.row.pk, seen_in_row(line.row)) for line in self.lines]


def is_about(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    """An advice is before any assessment, a visit is part of one."""
    return Q(assessment__isnull=value == "advice")


def about_words(about: str) -> Any:
    return _(f"visit-about.{about}")


def day_and_place(visit: Visit) -> str:
    return f"{day(visit.held_on)} {visit.place}"


def found_and_open(visit: Any) -> str:
    return f"{visit.said or 0} / {visit.open or 0}"


class VisitList(ListPage[Visit]):
    """Visits and meetings to advise that one may see. A constant number of queries."""

    title, empty = _("page.visits"), _("page.no_visits")
    name, address = "esar-visits", "assessments:visits-export"
    sort, then = "-held_on", (f"{VISITED}name_key", "pk")
    filters = (
        body_search(VISITED),
        Year(path="scorecard__fiscal_year"),
        Choice("about", _("page.visit_about"), "", ABOUT, about_words, is_about),
        State(values=VisitState.values, words=code_words("visit-state")),
        body_group(VISITED),
        committee_group(VISITED),
    )
    columns = (
        body_column("scorecard.body", "assessments:visit", demo="scorecard.is_demo"),
        year_column("scorecard.fiscal_year"),
        Column("about", _("page.visit_about"), as_=about_words),
        Column("held_on", _("label.held_on"), "", day_and_place, sort="held_on"),
        state_column("visit-state"),
        Column("findings", _("page.said_open"), "", found_and_open, figure=True),
    )
    fields = (
        year_field("scorecard.fiscal_year"),
        Field("about", _("page.visit_about"), as_=about_words),
        *body_fields("scorecard.body"),
        Field("held_on", _("label.held_on")),
        Field("place", _("label.place")),
        state_field("visit-state"),
        Field("took_part", _("label.took_part")),
        Field("findings", _("page.findings"), lambda visit: visit.said or 0),
        Field("open", _("page.findings_open"), lambda visit: visit.open or 0),
    )

    def rows(self) -> QuerySet[Visit]:
        return counted_visits(self.reader.person, self.reader.day)

    def begins(self) -> Iterator[tuple[Any, str]]:
        if may_plan(self.reader.person, self.reader.day):
            yield _("page.visit_advise"), reverse("assessments:visit-advise")


def risky_body(risk: Risk) -> str:
    return f"{'★ ' if risk.chosen else ''}{name_of(risk.assessment.report.scorecard.body)}"


def page_of_risky(risk: Risk) -> str:
    return reverse("assessments:assessment", args=[risk.assessment.pk])


def risks_of(risk: Risk) -> str:
    """The risks that were found in words, each with the figure behind it."""
    rule = sampling_rule(risk.assessment.report.scorecard.fiscal_year)
    rules = rule.value.risks if rule else ()
    labels: dict[str, str] = {named.id: words(named.label) for named in rules}
    return " · ".join(f"{labels[name]} ({figure})" for name, figure in risk.found)


def tick(value: bool) -> str:
    return "✓" if value else "–"


class SamplingList(WorkedList[Risk]):
    """Whom to visit in a round, the riskiest first. A constant number of queries."""

    empty, template, page_size = _("page.sampling_none"), "assessments/sampling.html", LONG
    address = "assessments:sampling-export"
    filters = (body_search(RISKY),)
    columns = (
        Column(
            "body", _("page.name"), "", risky_body, f"{RISKY}name_key", FIRST, link=page_of_risky
        ),
        Column("sum", _("page.sampling_sum"), as_=plain, sort="sum", figure=True),
        Column("risks", _("page.sampling_risks"), "", risks_of),
        Column("visited", _("page.visits"), as_=tick, sort="visited"),
    )
    fields = (
        *body_fields("assessment.report.scorecard.body"),
        Field("sum", _("page.sampling_sum")),
        Field("risks", _("page.sampling_risks"), risks_of),
        Field("chosen", _("page.sampling_chosen"), lambda risk: int(risk.chosen)),
        Field("visited", _("page.sampling_visited"), lambda risk: int(risk.visited)),
    )

    def __init__(self, request: HttpRequest, year: int, round_id: str) -> None:
        super().__init__(request)
        self.year, self.round_id = year, round_id
        self.title = _("page.sampling", (("year", year), ("round", Word(f"round.{round_id}"))))

    def rows(self) -> list[Risk]:
        return self.ranked

    @cached_property
    def ranked(self) -> list[Risk]:
        """Every assessment of the round, whatever the filters ask for."""
        return ranked(self.year, self.round_id)

    def css(self, row: Risk) -> str:
        return "chosen" if row.chosen else ""

    def address_args(self) -> list[object]:
        return [self.year, self.round_id]

    def file_name(self) -> str:
        return f"esar-sampling-{self.year}-{self.round_id}"
