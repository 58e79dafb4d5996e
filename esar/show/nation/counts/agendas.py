"""T3, T4, T5, T9, T10: sub-indicators, holders, leads, the years, what the Cabinet added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from esar.agree.agendas.models import AdditionBody, Holder, SubIndicator
from esar.agree.agendas.queries import (
    COLUMNS,
    agendas_of,
    column_of,
    holders_on,
    key_of,
    on_day,
    sub_indicators_on,
)
from esar.agree.agendas.tables import agenda_keys, agenda_words
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Agenda
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import CommitteeGroup, committee_group
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Reader, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import day, name_of, words
from esar.report.outside_results.models import OutsideResult
from esar.report.outside_results.queries import is_outside
from esar.show.nation.registry import AsOf, Figure, Table, Together, register
from esar.show.nation.tables import Each, RowList
from esar.show.public.agendas.queries import YearCounts, years_side_by_side
from esar.show.public.agendas.tables import agenda_label, stage_label

Row = TypeVar("Row")
AGENDA = Choice("agenda", _("label.agenda"), values=agenda_keys, words=agenda_words)


def has_agendas(rules: Rules) -> bool:
    return bool(rules.of_kind(Agenda))


class OfYear(list[Row]):
    """The rows of a year, which still has its lines where it has no row yet."""

    def __init__(self, year: int, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self.year = year


def _agendas(rows: Sequence[Any]) -> list[Rule[Agenda]]:
    """The agendas that are counted: those of the year of the rows."""
    return agendas_of(rows.year) if isinstance(rows, OfYear) else []


# --- T3: sub-indicators ----------------------------------------------------------------------


def sub_rows(as_of: AsOf) -> OfYear[SubIndicator]:
    """The sub-indicators in force on the day. One query."""
    return OfYear(as_of.year, sub_indicators_on(as_of.year, as_of.day))


def sub_figures(rows: Sequence[SubIndicator]) -> Iterator[Figure]:
    counts = Counter(sub.agenda for sub in rows)
    for rule in _agendas(rows):
        key = key_of(rule)
        yield Figure(key, words(rule.label), counts[key], f"agenda={key}")
    yield Figure("total", _("page.all"), len(rows))


class HeldInGroup(CommitteeGroup):
    """Sub-indicators that a body of the group holds. Two queries where one is asked for."""

    def sieve(self, value: str, reader: Reader) -> Callable[[Any], bool]:
        if not value:
            return lambda _row: True
        holders = Holder.objects.filter(on_day(reader.day), body__in=self.bodies(value, reader))
        subs = set(holders.values_list("sub_indicator", flat=True))
        return lambda row: row.pk in subs


class SubRows(RowList[SubIndicator]):
    """Sub-indicators, each with its page."""

    filters = (AGENDA, HeldInGroup("committees", _("page.committee_group")))
    columns = (
        Column("code", _("page.code"), sort="code"),
        Column("name", _("page.name"), phone=FIRST, link="public:sub-indicator"),
        Column("agenda", _("label.agenda"), "", agenda_label),
        Column("stage", _("label.stage"), "", stage_label),
        Column("first_day", _("label.first_day"), as_=day),
    )
    fields = (
        Field("code", _("page.code")),
        Field("agenda", _("label.agenda")),
        Field("stage", _("label.stage")),
        Field("name", _("page.name")),
    )


SUB_INDICATORS = register(Table("T3", sub_rows, sub_figures, SubRows, has_agendas))


# --- T4: who holds them ----------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A body's part in an agenda, however many of its sub-indicators it holds."""

    year: int
    agenda: str
    label: str
    body: Body
    kind: str
    codes: tuple[str, ...]
    results: str = ""  # of one outside the evaluation: how many of its results came


def parts(as_of: AsOf) -> OfYear[Part]:
    """Each body in each agenda once, but for what the Cabinet added (T10). Three queries."""
    labels = {key_of(rule): words(rule.label) for rule in agendas_of(as_of.year)}
    holders = holders_on(as_of.year, as_of.day).filter(addition=None)
    rows = list(holders.values_list("pk", "sub_indicator__agenda", "sub_indicator__code", "body"))
    bodies = Body.objects.select_related("parent").in_bulk({body for *_, body in rows})
    sent = set(
        OutsideResult.objects.filter(holder__sub_indicator__fiscal_year=as_of.year).values_list(
            "holder", flat=True
        )
    )
    holdings_of: dict[tuple[str, int], dict[int, str]] = {}
    for holder, agenda, code_, body in rows:
        holdings_of.setdefault((agenda, body), {})[holder] = code_
    counted = [
        Part(
            as_of.year,
            agenda,
            labels.get(agenda, agenda),
            bodies[body],
            column_of(bodies[body], as_of.day),
            tuple(holdings.values()),
            _results_words(bodies[body], as_of.year, len(sent & holdings.keys()), len(holdings)),
        )
        for (agenda, body), holdings in holdings_of.items()
    ]
    return OfYear(as_of.year, counted)


def _results_words(body: Body, year: int, sent: int, due: int) -> str:
    return f"{sent}/{due}" if is_outside(body, year) else ""


def part_figures(rows: Sequence[Part]) -> Iterator[Figure]:
    counts = Counter((part.agenda, part.kind) for part in rows)
    for rule in _agendas(rows):
        agenda, label = key_of(rule), words(rule.label)
        for place, kind in enumerate(COLUMNS):
            asks = f"agenda={agenda}&kind={kind}"
            value = counts[agenda, kind]
            yield Figure(f"rows/{agenda}/{place}", label, value, asks, _(f"value.{kind}"))
    distinct = Counter(kind for _body, kind in {(part.body.pk, part.kind) for part in rows})
    sums = Counter(part.kind for part in rows)
    for name, by_kind, each in (("sums", sums, ""), ("distinct", distinct, "&each=body")):
        for place, kind in enumerate(COLUMNS):
            label_of_line = _(f"nation.{name}")
            value, asks = by_kind[kind], f"kind={kind}{each}"
            yield Figure(f"{name}/{place}", label_of_line, value, asks, _(f"value.{kind}"))


KIND = Choice("kind", _("page.kind"), values=COLUMNS, words=code_words("value"))
EACH_BODY = Each(values=("body",))


class PartRows(RowList[Part]):
    """Bodies in their agendas."""

    filters = (AGENDA, committee_group("body__"), KIND, EACH_BODY)
    columns = (
        Column("body", _("page.name"), as_=name_of, phone=FIRST),
        Column("agenda", _("label.agenda"), "label", sort="label"),
        Column("kind", _("page.kind"), as_=code("value"), sort="kind"),
        Column("codes", _("label.sub_indicator"), as_=" · ".join),
        Column("results", _("nation.results_in"), figure=True),
    )
    fields = (
        Field("agenda", _("label.agenda")),
        Field("code", _("page.code"), "body.code"),
        Field("body", _("page.name"), "body.name_th"),
        Field("kind", _("page.kind"), as_=code("value")),
        Field("sub_indicators", _("label.sub_indicator"), lambda part: " · ".join(part.codes)),
        Field("results", _("nation.results_in")),
    )


def bodies_once(rows: Sequence[Part]) -> list[Part]:
    """Each body with all its agendas and codes."""
    of_body: dict[Body, list[Part]] = {}
    for part in rows:
        of_body.setdefault(part.body, []).append(part)
    return [
        replace(
            its[0],
            label=" · ".join(part.label for part in its),
            codes=tuple(code for part in its for code in part.codes),
        )
        for its in of_body.values()
    ]


class BodyRows(RowList[Part]):
    """Bodies, each once."""

    filters = (KIND, EACH_BODY)
    columns = (
        Column("body", _("page.name"), as_=name_of, phone=FIRST),
        Column("kind", _("page.kind"), as_=code("value"), sort="kind"),
        Column("agendas", _("label.agenda"), "label"),
        Column("codes", _("label.sub_indicator"), as_=" · ".join),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("body", _("page.name"), "body.name_th"),
        Field("kind", _("page.kind"), as_=code("value")),
        Field("agendas", _("label.agenda"), "label"),
        Field("sub_indicators", _("label.sub_indicator"), lambda part: " · ".join(part.codes)),
    )


HOLDERS = register(
    Table(
        "T4",
        parts,
        part_figures,
        PartRows,
        has_agendas,
        each={"body": Together(bodies_once, BodyRows)},
    )
)


# --- T5: leads and stages --------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """A lead of an agenda, or a stage of its chain, in their order."""

    part: str
    agenda: str
    label: str
    name: str
    key: str
    rule: Rule[Agenda]
    body: Body | None = None


def links(as_of: AsOf) -> list[Link]:
    """Leads and stages, from the rules. One query for the leads' names."""
    rules = agendas_of(as_of.year)
    codes = {code for rule in rules for code in rule.value.lead_codes}
    bodies = {body.code: body for body in Body.objects.filter(code__in=codes)}
    rows = []
    for rule in rules:
        key, label = key_of(rule), words(rule.label)
        for lead in rule.value.lead_codes:
            body = bodies.get(lead)
            name = name_of(body) if body else lead
            rows.append(Link("leads", key, label, name, lead, rule, body))
        for stage in rule.value.stages:
            rows.append(Link("stages", key, label, words(stage.label), stage.id, rule))
    return rows


def link_figures(rows: Sequence[Link]) -> Iterator[Figure]:
    places: Counter[tuple[str, str]] = Counter()
    for link in rows:
        place = places[link.part, link.agenda]
        places[link.part, link.agenda] += 1
        at, asks = f"{link.part}/{link.agenda}/{place}", f"part={link.part}&agenda={link.agenda}"
        number = place + 1 if link.part == "stages" else None
        label = f"{link.label} · {_(f'agenda-part.{link.part}')}"
        yield Figure(at, label, link.key, asks, link.name, number)


class LinkRows(RowList[Link]):
    """Leads and stages of the agendas."""

    filters = (
        AGENDA,
        Choice(
            "part", _("nation.part"), values=("leads", "stages"), words=code_words("agenda-part")
        ),
        committee_group("body__"),
    )
    columns = (
        Column("name", _("page.name"), phone=FIRST),
        Column("part", _("nation.part"), as_=code("agenda-part")),
        Column("agenda", _("label.agenda"), "label"),
    )
    fields = (
        Field("agenda", _("label.agenda")),
        Field("part", _("nation.part")),
        Field("key", _("page.code")),
        Field("name", _("page.name")),
    )


LEADS = register(Table("T5", links, link_figures, LinkRows, has_agendas, is_quoted=True))


# --- T9: the years beside each other ----------------------------------------------------------

COUNTED = ("agendas", "drafted", "indicators", "national_targets")


def years(as_of: AsOf) -> list[YearCounts]:  # noqa: ARG001 they stand beside each other on any day
    return years_side_by_side()


def year_figures(rows: Sequence[YearCounts]) -> Iterator[Figure]:
    """What was counted; a figure that the documents print is no count of the system's."""
    for row in rows:
        for name in COUNTED:
            value = getattr(row, name)
            if value is not None and not (row.only_printed and name == "indicators"):
                yield Figure(
                    f"{row.year}/{name.replace('_', '-')}",
                    str(row.year),
                    value,
                    "",
                    _(f"joint.{name}"),
                )


class YearRows(RowList[YearCounts]):
    """A year a row."""

    columns = (
        Column("year", _("page.fiscal_year"), phone=FIRST),
        *(Column(name, _(f"joint.{name}"), figure=True) for name in COUNTED),
    )
    fields = (
        Field("year", _("page.fiscal_year")),
        *(Field(name, _(f"joint.{name}"), figure=True) for name in COUNTED),
    )


YEARS = register(Table("T9", years, year_figures, YearRows, has_agendas))


# --- T10: what the Cabinet added --------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """A body that is measured by what the Cabinet added: since the beginning, now, or later.

    What it put off to this year is `carried`; what such a body holds of it by now, `taken_up`.
    """

    body: Body
    when: str
    sub_indicator: SubIndicator


def measured(as_of: AsOf) -> list[Measured]:
    """Who held each added sub-indicator, and whom the resolution names. Four queries."""
    bodies = AdditionBody.objects.filter(
        addition__sub_indicator__fiscal_year=as_of.year,
        addition__state="in_force",
        addition__resolved_on__lte=as_of.day,
    ).select_related("body", "addition__sub_indicator")
    rows = [Measured(row.body, row.when, row.addition.sub_indicator) for row in bodies]
    subs = {row.sub_indicator for row in rows}
    holders = Holder.objects.filter(on_day(as_of.day), sub_indicator__in=subs, addition=None)
    for holder in holders.select_related("body", "sub_indicator"):
        rows.append(Measured(holder.body, "held", holder.sub_indicator))
    rows += _carried(as_of)
    return sorted(rows, key=lambda row: row.body.name_key)


def _carried(as_of: AsOf) -> list[Measured]:
    """Whom a resolution of the year before names for this year, and what of it they hold now."""
    later = AdditionBody.objects.filter(
        addition__sub_indicator__fiscal_year=as_of.year - 1, addition__state="in_force"
    ).exclude(when=AdditionBody.When.NOW)
    rows = [
        Measured(row.body, "carried", row.addition.sub_indicator)
        for row in later.select_related("body", "addition__sub_indicator")
    ]
    agendas = {row.sub_indicator.agenda for row in rows}
    holders = holders_on(as_of.year, as_of.day).filter(
        body__in=[row.body for row in rows], sub_indicator__agenda__in=agendas
    )
    taken_up = {holder.body: holder.sub_indicator for holder in holders}
    return rows + [Measured(body, "taken_up", sub) for body, sub in taken_up.items()]


def measured_figures(rows: Sequence[Measured]) -> Iterator[Figure]:
    counts = Counter(row.when for row in rows)
    for when in ("held", "now"):
        yield Figure(when, _(f"addition-when.{when}"), counts[when], f"when={when}")
    this_year = counts["held"] + counts["now"]
    yield Figure("this-year", _("addition-when.this_year"), this_year, "when=this_year")
    for when in ("short_data", "no_station"):
        at = when.replace("_", "-")
        yield Figure(at, _(f"addition-when.{when}"), counts[when], f"when={when}")
    later = counts["short_data"] + counts["no_station"]
    yield Figure("later", _("addition-when.later"), later, "when=later")
    if counts["carried"]:
        for when in ("carried", "taken_up"):
            at = when.replace("_", "-")
            yield Figure(at, _(f"addition-when.{when}"), counts[when], f"when={when}")


TOGETHER = {"this_year": ("held", "now"), "later": ("short_data", "no_station")}


@dataclass(frozen=True)
class When(Choice):
    """When a body is measured: one time, or those that a figure adds up."""

    def passes(self, value: str, row: Measured) -> bool:
        return not value or row.when in TOGETHER.get(value, (value,))


class MeasuredRows(RowList[Measured]):
    """Bodies that the resolution is about."""

    filters = (
        When(
            "when",
            _("label.when"),
            values=("held", *AdditionBody.When.values, *TOGETHER, "carried", "taken_up"),
            words=code_words("addition-when"),
        ),
        committee_group("body__"),
    )
    columns = (
        Column("body", _("page.name"), as_=name_of, phone=FIRST),
        Column("when", _("label.when"), as_=code("addition-when")),
        Column("sub_indicator", _("label.sub_indicator")),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("body", _("page.name"), "body.name_th"),
        Field("when", _("label.when"), as_=code("addition-when")),
        Field("sub_indicator", _("label.sub_indicator"), "sub_indicator.code"),
    )


ADDITIONS = register(Table("T10", measured, measured_figures, MeasuredRows, has_agendas))
