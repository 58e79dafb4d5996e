"""T1: strategic KPIs cascaded or not. T2: departments' KPIs by where they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.queries import (
    CASCADED,
    CLASSES,
    JOINT,
    NOT_CASCADED,
    OTHER,
    STRATEGIC,
    Classed,
    KpiInForce,
    Standing,
    classed,
    kpis_in_force,
    standings,
)
from esar.agree.strategic_kpis.tables import host_group
from esar.kernel.wording import Word
from esar.law.rules.book import Rules
from esar.law.rules.kinds import StrategicKpis
from esar.law.rules.numbers import shares
from esar.platform.organisations.tables import BodySearch, body_search, committee_group
from esar.platform.ui.cells import code, demo_chip
from esar.platform.ui.filters import Choice, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import name_of, words
from esar.show.nation.registry import AsOf, Figure, Table, register
from esar.show.nation.tables import RowList


def has_strategic(rules: Rules) -> bool:
    return bool(rules.of_kind(StrategicKpis))


def kpis_of(as_of: AsOf) -> list[KpiInForce]:
    """The departments' KPIs in force. One query."""
    return kpis_in_force(as_of.year, as_of.day, as_of.book.on(as_of.book.year.last_day))


def standings_of(as_of: AsOf) -> list[Standing]:
    """Every strategic KPI in force, with what came of it. Four queries."""
    return standings(as_of.year, as_of.day, as_of.once(kpis_of))


def cascade_figures(rows: Sequence[Standing]) -> Iterator[Figure]:
    """How many there are, how many are cascaded, and the rest."""
    cascaded = sum(row.standing == CASCADED for row in rows)
    counts = {CASCADED: cascaded, NOT_CASCADED: len(rows) - cascaded}
    yield Figure("total", _("nation.total"), len(rows))
    for name, count in counts.items():
        yield Figure(name, _(f"cascade-standing.{name}"), count, f"standing={name}")
    yield from _shares("cascade-standing", "standing", counts)


def _shares(prefix: str, asks: str, counts: Mapping[str, int]) -> Iterator[Figure]:
    """What each count is of their sum, in per cent."""
    for place, (name, share) in enumerate(zip(counts, shares(list(counts.values())), strict=True)):
        label = _("nation.share_of", (("what", Word(f"{prefix}.{name}")),))
        yield Figure(f"shares/{place}", label, str(share), f"{asks}={name}")


def page_of(row: Standing) -> str:
    return reverse("strategic_kpis:strategic", args=[row.strategic.pk])


def links_words(row: Standing) -> str:
    return " · ".join(f"{link.body.code} {link.name}" for link in row.in_force)


def reason_words(row: Standing) -> str:
    """Why it is not cascaded, in the words of the year's rules."""
    if row.decision is None or row.standing == CASCADED:
        return ""
    law = strategic_law(row.decision.fiscal_year)
    labels = {item.id: item.label for item in law.value.reasons} if law else {}
    label = words(labels[row.decision.reason]) if row.decision.reason in labels else ""
    return " ".join(filter(None, [label, row.decision.note]))


class CascadeList(RowList[Standing]):
    """The strategic KPIs in force, each with the KPIs that it reaches or why none."""

    filters = (
        body_search("strategic__host__", paths=("strategic__name", "strategic__code")),
        host_group("strategic__host__"),
        Choice(
            "standing",
            _("page.standing"),
            "counted_as",
            values=(CASCADED, NOT_CASCADED),
            words=code_words("cascade-standing"),
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
        Column("host", _("label.host"), "strategic.host", name_of),
        Column("standing", _("page.standing"), as_=code("cascade-standing"), sort="standing"),
        Column("links", _("page.strategic_links"), "", links_words),
        Column("reason", _("page.strategic_reason"), "", reason_words),
    )
    fields = (
        Field("code", _("page.code"), "strategic.code"),
        Field("name", _("page.name"), "strategic.name"),
        Field("host", _("label.host"), "strategic.host.name_th"),
        Field("standing", _("page.standing"), as_=code("cascade-standing")),
        Field("links", _("page.strategic_links"), links_words),
        Field("reason", _("page.strategic_reason"), reason_words),
    )


def classed_of(as_of: AsOf) -> list[Classed]:
    """Every KPI of a department in force, in its class. Four queries."""
    rules = as_of.book.on(as_of.book.year.last_day)
    return classed(as_of.once(kpis_of), as_of.once(standings_of), rules)


def class_figures(rows: Sequence[Classed]) -> Iterator[Figure]:
    """Each identity once."""
    by_class = Counter(row.klass for row in {row.in_force.key: row for row in rows}.values())
    counts = {name: by_class[name] for name in (STRATEGIC, JOINT, OTHER)}
    yield Figure("total", _("nation.total"), by_class.total())
    for name, count in counts.items():
        yield Figure(name, _(f"kpi-class.{name}"), count, f"class={name}")
    yield from _shares("kpi-class", "class", counts)


def body_of(row: Classed) -> Any:
    return name_of(row.in_force.body)


class ClassList(RowList[Classed]):
    """The departments' KPIs in force, each with its class and the strategic KPI it comes from."""

    filters = (
        BodySearch(path="in_force__body__", paths=("in_force__kpi__name",)),
        committee_group("in_force__body__"),
        Choice(
            "class",
            _("page.strategic_class"),
            "klass",
            values=CLASSES,
            words=code_words("kpi-class"),
        ),
    )
    columns = (
        Column(
            "name", _("page.name"), "in_force.kpi.name", sort="in_force__kpi__name", phone=FIRST
        ),
        Column("body", _("label.body"), "", body_of, sort="in_force__body__name_key"),
        Column("class", _("page.strategic_class"), "klass", code("kpi-class"), sort="klass"),
        Column("strategic", _("page.strategic_from"), "codes"),
    )
    fields = (
        Field("code", _("page.code"), "in_force.kpi.indicator"),
        Field("name", _("page.name"), "in_force.kpi.name"),
        Field("body", _("label.body"), "in_force.body.code"),
        Field("body_name", _("label.body"), "in_force.body.name_th"),
        Field("class", _("page.strategic_class"), "klass", as_=code("kpi-class")),
        Field("strategic", _("page.strategic_from"), "codes"),
    )


CASCADES = register(
    Table(
        "T1",
        rows=lambda as_of: as_of.once(standings_of),
        figures=cascade_figures,
        page=CascadeList,
        of_year=has_strategic,
    )
)
CLASSED = register(
    Table("T2", rows=classed_of, figures=class_figures, page=ClassList, of_year=has_strategic)
)
