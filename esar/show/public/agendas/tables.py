"""The lists of sub-indicators and of who holds them, for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import COLUMNS, agenda_of, on_day
from esar.agree.agendas.tables import agenda_keys, agenda_words
from esar.law.rules.kinds import Agenda, Item
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import body_column, body_search
from esar.platform.ui.cells import code
from esar.platform.ui.columns import joined, year_field
from esar.platform.ui.filters import BoundFilter, Choice, Given, Reader, Search, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, words

GAPS = ("no_target", "no_kpi", "added")
STANDINGS = ("in_force", "merged", "cut", "no_holder")


def agenda_label(sub: SubIndicator) -> str:
    """What the year's rules call a sub-indicator's agenda."""
    rule = agenda_of(sub.fiscal_year, sub.agenda)
    return words(rule.label) if rule else sub.agenda


def stage_label(sub: SubIndicator) -> str:
    """What the year's rules call its stage."""
    rule = agenda_of(sub.fiscal_year, sub.agenda)
    stages = rule.value.stages if rule else ()
    return next((words(item.label) for item in stages if item.id == sub.stage), sub.stage)


def target_label(sub: SubIndicator) -> str:
    """What the year's rules call the national target that it serves."""
    rule = agenda_of(sub.fiscal_year, sub.agenda)
    targets = rule.value.national_targets if rule else ()
    names = (words(item.label) for item in targets if item.id == sub.national_target)
    return next(names, sub.national_target)


def of_kind(value: str, reader: Reader) -> Q:
    """Bodies that are counted as of a class on the day that the list shows."""
    evaluated = Q(body__evaluated_from__lte=reader.day)
    scored = Q(body__kind__in=(Body.Kind.DEPARTMENT, Body.Kind.PROVINCE))
    if value in ("department", "province"):
        return Q(body__kind=value) & evaluated
    if value == "other":
        outside = ("state_enterprise", "public_organisation")
        return ~Q(body__kind__in=outside) & ~(scored & evaluated)
    return Q(body__kind=value)


def with_gap(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    return {
        "no_target": Q(targets=[]),
        "no_kpi": Q(indicator=None),
        "added": Q(addition__isnull=False),
    }[value]


def standing(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    if value == "no_holder":
        return Q(many=0, last_day=None)
    return Q(last_day=None) if value == "in_force" else Q(ending=value)


def standing_words(sub: SubIndicator) -> Any:
    return _(f"sub-indicator.{sub.ending or 'in_force'}")


@dataclass(frozen=True)
class ItemOfAgenda(Given):
    """A stage or a national target, called as the rules of the agenda asked for call it."""

    items: Callable[[Agenda], Iterable[Item]] = lambda _agenda: ()

    def bound(self, reader: Reader) -> BoundFilter:
        rule = agenda_of(reader.year, reader.asks("agenda")) if reader.year else None
        names = {item.id: words(item.label) for item in self.items(rule.value)} if rule else {}
        return Given.bound(replace(self, words=lambda value: names.get(value, value)), reader)


class SubIndicatorList(ListPage[SubIndicator]):
    """The sub-indicators of a year, also those that left, with how many hold each."""

    title, help = _("page.sub_indicators"), _("page.sub_indicators_help")
    name, address = "esar-sub-indicators", "public:sub-indicators-export"
    sort = "code"
    filters = (
        Search(paths=("code", "name")),
        Year(),
        Choice("agenda", _("label.agenda"), values=agenda_keys, words=agenda_words),
        Choice(
            "standing",
            _("page.state"),
            values=STANDINGS,
            words=code_words("sub-indicator"),
            where=standing,
        ),
        ItemOfAgenda("stage", _("label.stage"), items=lambda agenda: agenda.stages),
        ItemOfAgenda(
            "target",
            _("label.national_target"),
            "national_target",
            items=lambda agenda: agenda.national_targets,
        ),
    )
    columns = (
        Column("code", _("page.code"), sort=("fiscal_year", "agenda", "code")),
        Column("name", _("page.name"), sort="name", phone=FIRST, link="public:sub-indicator"),
        Column("agenda", _("label.agenda"), "", agenda_label, sort="agenda"),
        Column("stage", _("label.stage"), "", stage_label),
        Column("many", _("label.holders"), sort="many", figure=True),
        Column("standing", _("page.state"), "", standing_words, sort="ending"),
    )
    fields = (
        year_field(),
        Field("code", _("page.code")),
        Field("agenda", _("label.agenda")),
        Field("national_target", _("label.national_target")),
        Field("stage", _("label.stage")),
        Field("name", _("page.name")),
        Field("unit", _("label.unit")),
        Field("direction", _("label.direction"), as_=code("choice")),
        Field("target", _("label.main_target"), figure=True),
        Field("holders", _("label.holders"), "many"),
        Field("ending", _("page.state")),
        Field("into", _("label.merged_into"), "into.code"),
        Field("reason", _("label.reason")),
    )

    def rows(self) -> QuerySet[SubIndicator]:
        now = Count("holders", filter=on_day(self.reader.day, "holders__"))
        return SubIndicator.objects.select_related("into").annotate(many=now)


def page_of_sub(holder: Holder) -> str:
    return reverse("public:sub-indicator", args=[holder.sub_indicator_id])


def target_at(place: int) -> Callable[[Holder], str | None]:
    """A holder's target of a level."""
    return lambda row: row.targets[place] if place < len(row.targets) else None


class HolderList(ListPage[Holder]):
    """Who holds which sub-indicator today, with which targets.

    Its file for machines has the columns of one that OPDC sends in, so that it can be sent back.
    """

    title, help = _("page.holders"), _("page.holders_help")
    name, address = "esar-joint-kpi-holders", "public:holders-export"
    sort, then = "code", ("body__name_key", "pk")
    filters = (
        body_search("body__", paths=("sub_indicator__name", "sub_indicator__code")),
        Year(path="sub_indicator__fiscal_year"),
        Choice(
            "agenda",
            _("label.agenda"),
            "sub_indicator__agenda",
            values=agenda_keys,
            words=agenda_words,
        ),
        Choice("kind", _("page.kind"), values=COLUMNS, words=code_words("value"), where=of_kind),
        Choice("gap", _("label.gap"), values=GAPS, words=code_words("holder-gap"), where=with_gap),
    )
    columns = (
        Column(
            "code",
            _("page.code"),
            "sub_indicator.code",
            sort=("sub_indicator__agenda", "sub_indicator__code"),
        ),
        body_column("body", page_of_sub),
        Column("name", _("label.sub_indicator"), "sub_indicator.name", link=page_of_sub),
        Column("targets", _("label.targets"), "", joined("targets"), figure=True),
        Column("unit", _("label.unit"), "sub_indicator.unit"),
        Column("first_day", _("label.first_day"), as_=day, sort="first_day"),
    )
    fields = (
        Field("code", _("page.code"), "sub_indicator.code"),
        Field("agenda", _("label.agenda"), "sub_indicator.agenda"),
        Field("national_target", _("label.national_target"), "sub_indicator.national_target"),
        Field("stage", _("label.stage"), "sub_indicator.stage"),
        Field("name", _("label.sub_indicator"), "sub_indicator.name"),
        Field("unit", _("label.unit"), "sub_indicator.unit"),
        Field("direction", _("label.direction"), "sub_indicator.direction"),
        Field("target", _("label.main_target"), "sub_indicator.target", figure=True),
        Field("adds", _("label.adds"), lambda row: "yes" if row.sub_indicator.adds else "no"),
        Field("body", _("label.body"), "body.code"),
        Field("body_name", _("page.name"), "body.name_th"),
        *(
            Field(f"target_{n + 1}", _("label.targets"), target_at(n), figure=True)
            for n in range(3)
        ),
    )

    def rows(self) -> QuerySet[Holder]:
        rows = Holder.objects.filter(
            on_day(self.reader.day), on_day(self.reader.day, "sub_indicator__")
        )
        return rows.select_related("sub_indicator", "body__parent", "indicator")
