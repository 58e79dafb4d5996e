"""Where every body of a year is in a round of reports: its step, since when, whether in time.

For OPDC. What is counted, drawn and listed is counted of the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.judge.results.models import Result
from esar.kernel.wording import Word
from esar.platform.charts import provinces as maps
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Item, figure_of
from esar.platform.charts.heat import Heat, heat
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import (
    BodySearch,
    body_column,
    body_fields,
    body_group,
    body_kind,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code
from esar.platform.ui.columns import received_column, since_column
from esar.platform.ui.filters import Choice, Filter, Given, Reader, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import day, name_of
from esar.report.reports.models import Claim, Report
from esar.report.reports.queries import due_days, due_of_round
from esar.show.nation.counts.sent import bodies_of
from esar.show.nation.registry import AsOf

STEPS = NO_KPIS, NOT_BEGUN, DRAFT, PROPOSED, SUBMITTED, JUDGED = (
    "no_kpis",
    "not_begun",
    "draft",
    "proposed",
    "submitted",
    "judged",
)
SENT = YES, NO = "yes", "no"
TIMES = LATE, SENT_LATE, IN_TIME = "late", "sent_late", "in_time"
LOOKS = {
    NO_KPIS: maps.State("not_reported", "", Word("under-way.no_kpis")),
    NOT_BEGUN: maps.State("not_due", "", Word("under-way.not_begun")),
    DRAFT: maps.State("ramp-1", "", Word("under-way.draft")),
    PROPOSED: maps.State("ramp-2", "", Word("under-way.proposed")),
    SUBMITTED: maps.State("ramp-3", "", Word("under-way.submitted")),
    JUDGED: maps.State("ramp-5", "", Word("under-way.judged")),
}
OUTSIDE = maps.State("none", "", Word("public.not_evaluated"))


@dataclass(frozen=True)
class BodyUnderWay:
    """A body of the year in one round; `due` is the last day for it, extended days counted."""

    body: Body
    card: Scorecard | None
    report: Report | None
    is_begun: bool  # something is written in its report
    is_judged: bool
    due: date | None
    day: date

    @property
    def step(self) -> str:
        if self.is_judged:
            return JUDGED
        if self.report is not None:
            is_empty = self.report.state == DRAFT and not self.is_begun
            return NOT_BEGUN if is_empty else self.report.state
        is_agreed = self.card is not None and self.card.state == State.IN_FORCE
        return NOT_BEGUN if is_agreed else NO_KPIS

    @property
    def is_sent(self) -> bool:
        return self.step in (SUBMITTED, JUDGED)

    @property
    def sent(self) -> str:
        return YES if self.is_sent else NO

    @property
    def time(self) -> str:
        """Late and still missing, sent late, sent in time; nothing while there is time."""
        if self.due is None:
            return ""
        if not self.is_sent:
            return LATE if self.day > self.due else ""
        return SENT_LATE if (self.received_on or self.due) > self.due else IN_TIME

    @property
    def received_on(self) -> date | None:
        return self.report.received_on if self.report else None

    @property
    def days_late(self) -> int:
        return self.report.days_late if self.report else 0

    @property
    def since(self) -> Any:
        paper = self.report or self.card
        return paper.since if paper else None

    @property
    def is_demo(self) -> bool:
        return self.card is not None and self.card.is_demo


def under_way(as_of: AsOf, round_id: str) -> list[BodyUnderWay]:
    """Every body that the year evaluates, in a round. Seven queries, however many bodies."""
    year = as_of.year
    reports = list(
        Report.objects.filter(scorecard__fiscal_year=year, round_id=round_id).select_related(
            "scorecard__body"
        )
    )
    begun = set(
        Claim.objects.filter(report__in=[report.pk for report in reports])
        .order_by()
        .values_list("report", flat=True)
        .distinct()
    )
    of_body = {report.scorecard.body_id: report for report in reports}
    due, usual = due_days(reports), due_of_round(year, round_id)
    last = books.last_round(year)
    results = Result.objects.filter(fiscal_year=year, round_id__in={round_id, last})
    judged = set(results.values_list("body", "round_id"))
    rows = []
    for sent in bodies_of(as_of):
        report = of_body.get(sent.body.pk)
        # A year's result that came from a file leaves no earlier round of the body's to be sent.
        is_from_file = sent.card is None and (sent.body.pk, last) in judged
        rows.append(
            BodyUnderWay(
                sent.body,
                sent.card,
                report,
                report is not None and report.pk in begun,
                is_from_file or (sent.body.pk, round_id) in judged,
                due[report.pk] if report else usual,
                as_of.day,
            )
        )
    return rows


def round_under_way(year: int, day: date) -> str:
    """The round that is due next, else the last of the year."""
    rounds = books.reported_rounds(year)
    ahead = (each for each in rounds if (due_of_round(year, each) or day) >= day)
    return next(ahead, rounds[-1] if rounds else "")


def address_of(year: int, round_id: str, **filters: str) -> str:
    """The list of the bodies that pass the filters."""
    address = reverse("nation:bodies-under-way", args=[year, round_id])
    return f"{address}?{urlencode(filters)}" if filters else address


def funnel(rows: Sequence[BodyUnderWay], year: int, round_id: str) -> Bars:
    """How many are at a step or past it: in force, begun, proposed, sent, judged."""
    counts = Counter(row.step for row in rows)
    items = []
    for place, step in enumerate(STEPS[1:], start=1):
        count = sum(counts[each] for each in STEPS[place:])
        href = address_of(year, round_id, past=step)
        items.append(Item(Word(f"under-way.past.{step}"), figure_of(count), href=href))
    return bars(items)


def grid(rows: Sequence[BodyUnderWay], year: int, round_id: str) -> Heat:
    """Provinces in a line, and a line for each ministry; what has sent most stands first."""
    groups: dict[tuple[str, str], list[BodyUnderWay]] = {}
    for row in rows:
        groups.setdefault(_group_of(row.body), []).append(row)
    by_share = sorted(
        groups.items(),
        key=lambda group: (-sum(row.is_sent for row in group[1]) / len(group[1]), group[0]),
    )
    lines = []
    for (name, value), members in by_share:
        asks = {"group": value} if value else {"kind": str(Body.Kind.PROVINCE)}
        all_of_them = address_of(year, round_id, **asks)
        counts = Counter(row.step for row in members)
        cells = [
            _cell(step, counts[step], address_of(year, round_id, step=step, **asks))
            for step in STEPS
        ]
        lines.append((_cell(name or Word("value.province"), len(members), all_of_them), cells))
    return heat(
        Word("page.group"), [Word(f"under-way.{step}") for step in STEPS], lines, by_row=True
    )


def _cell(label: Any, count: int, href: str) -> Item:
    """A count, and the list of those that it counts; beside a name it is said of how many."""
    return Item(label, figure_of(count), href=href if count else "", note=figure_of(count))


def _group_of(body: Body) -> tuple[str, str]:
    """A ministry's name and code; of a province neither."""
    if body.kind == Body.Kind.PROVINCE or body.parent is None:
        return "", ""
    return name_of(body.parent), body.parent.code


def map_of(rows: Sequence[BodyUnderWay]) -> maps.Map | None:
    """The provinces by their steps; none where the year evaluates no province."""
    of_code = {row.body.code: row for row in rows if row.body.kind == Body.Kind.PROVINCE}
    if not of_code:
        return None
    provinces = [_province(place, of_code.get(place)) for place in maps.places(settings.REGISTRY)]
    present = {province.state for province in provinces}
    legend = [state for state in (*LOOKS.values(), OUTSIDE) if state in present]
    return maps.province_map(provinces, legend, settings.REGISTRY)


def _province(place: str, row: BodyUnderWay | None) -> maps.Province:
    if row is None:
        return maps.Province(place, "", OUTSIDE)
    return maps.Province(place, name_of(row.body), LOOKS[row.step], hub_of(row))


@dataclass(frozen=True)
class Past(Choice):
    """At a step or past it."""

    def passes(self, value: str, row: Any) -> bool:
        return value not in STEPS or STEPS.index(row.step) >= STEPS.index(value)


@dataclass(frozen=True)
class SentBy(Given):
    """Sent by the end of a day; one that is none asks for all."""

    def value(self, reader: Reader) -> str:
        text = super().value(reader)
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return ""

    def passes(self, value: str, row: Any) -> bool:
        came = row.received_on if row.is_sent else None
        return not value or (came is not None and came <= date.fromisoformat(value))


def time_words(row: BodyUnderWay) -> Any:
    return _(f"under-way-time.{row.time}") if row.time else ""


def hub_of(row: BodyUnderWay) -> str:
    """The page of the body."""
    return reverse("public:agency", args=[row.body.code])


class BodiesUnderWay(WorkedList[BodyUnderWay]):
    """The bodies of a round and where each is."""

    name, address, page_size = "under-way", "nation:bodies-under-way-export", LONG
    help: ClassVar[Any] = _("under-way.help")
    filters: ClassVar[Sequence[Filter]] = (
        BodySearch(path="body__"),
        Choice("step", _("nation.step"), values=STEPS, words=code_words("under-way")),
        Past("past", _("under-way.at_least"), values=STEPS[1:], words=code_words("under-way.past")),
        Choice("sent", _("page.sent_in"), values=SENT, words=code_words("report-sent")),
        Choice("time", _("under-way.time"), values=TIMES, words=code_words("under-way-time")),
        SentBy("by", _("under-way.by"), words=day),
        body_kind("body__"),
        body_group("body__"),
    )
    columns = (
        body_column(
            "body", lambda row: reverse("public:agency", args=[row.body.code]), demo="is_demo"
        ),
        Column("step", _("nation.step"), as_=code("under-way"), sort="step", phone=FIRST),
        Column("time", _("under-way.time"), "", time_words, sort="time", phone=FIRST),
        received_column(),
        since_column(),
    )
    fields = (
        *body_fields("body"),
        Field("step", _("nation.step"), as_=code("under-way")),
        Field("time", _("under-way.time"), "", time_words),
        Field("due", _("page.due_on")),
        Field("received_on", _("page.received")),
    )

    def __init__(self, request: HttpRequest, as_of: AsOf, round_id: str) -> None:
        super().__init__(request)
        self.as_of, self.round_id = as_of, round_id
        self.title = _("under-way.list", (("round", books.round_label(as_of.year, round_id)),))

    def rows(self) -> list[BodyUnderWay]:
        return under_way(self.as_of, self.round_id)

    def address_args(self) -> list[object]:
        return [self.as_of.year, self.round_id]

    def file_name(self) -> str:
        return f"esar-{self.as_of.year}-{self.round_id}-under-way"
