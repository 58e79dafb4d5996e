"""Q5: who has sent their KPIs, by the kind of committee that supervises them. For OPDC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import OF_OPDC, Body
from esar.platform.organisations.queries import considered_by, evaluated_between
from esar.platform.organisations.tables import (
    BodySearch,
    body_column,
    body_fields,
    committee_group,
    supervising_words,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code
from esar.platform.ui.columns import since_column
from esar.platform.ui.filters import Choice, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

AT_THE_BODY = (State.DRAFT, State.PROPOSED)
STANDINGS = ("not_begun", "at_body", "sent", "in_force")


@dataclass(frozen=True)
class Sent:
    """A body of the year with its scorecard, as far as it has one."""

    body: Body
    group: str  # the rule of the committee that supervises it
    year: int
    card: Scorecard | None

    @property
    def standing(self) -> str:
        if self.card is None:
            return "not_begun"
        if self.card.state in AT_THE_BODY:
            return "at_body"
        return "in_force" if self.card.state == State.IN_FORCE else "sent"

    @property
    def since(self) -> Any:
        return self.card.since if self.card else None

    @property
    def is_demo(self) -> bool:
        return self.card is not None and self.card.is_demo

    @property
    def state(self) -> str:
        return self.card.state if self.card else ""


def bodies_of(as_of: AsOf) -> list[Sent]:
    """Every body that the year evaluates. Three queries."""
    year = FiscalYear(as_of.year)
    kinds = books.body_kinds(as_of.year)
    bodies = evaluated_between(year.first_day, year.last_day, kinds).select_related("parent")
    cards = {card.body_id: card for card in Scorecard.objects.filter(fiscal_year=as_of.year)}
    group_of = considered_by(books.SUPERVISING, as_of.year)
    return [
        Sent(body, group_of.get(body.pk, ""), as_of.year, cards.get(body.pk)) for body in bodies
    ]


def figures(rows: Sequence[Sent]) -> Iterator[Figure]:
    """A line for each kind of committee, and one for all."""
    counts = Counter((row.group, row.standing) for row in rows)
    years = {row.year for row in rows}
    rules = books.supervising(years.pop()) if years else []
    for rule in rules:
        key = rule.id.rpartition(".")[2]
        for name in STANDINGS:
            asks = f"committees={rule.id}&standing={name}"
            column = _(f"kpis-sent.{name}")
            yield Figure(
                f"{key}/{name}", supervising_words(rule), counts[rule.id, name], asks, column
            )
    for name in STANDINGS:
        count = sum(row.standing == name for row in rows)
        column = _(f"kpis-sent.{name}")
        yield Figure(f"total/{name}", _("nation.total"), count, f"standing={name}", column)


def page_of(row: Sent) -> str:
    if row.card is None:
        return reverse("public:agency", args=[row.body.code])
    return reverse("scorecards:scorecard-work", args=[row.card.pk])


def state_words(row: Sent) -> Any:
    """The state of its scorecard, where it has one."""
    return _(f"scorecard-state.{row.state}") if row.state else ""


class SentList(RowList[Sent]):
    """Bodies, and where the KPIs of each are."""

    filters = (
        BodySearch(path="body__"),
        committee_group("body__"),
        Choice("standing", _("page.state"), values=STANDINGS, words=code_words("kpis-sent")),
    )
    columns = (
        body_column("body", page_of, demo="is_demo"),
        Column("standing", _("page.state"), as_=code("kpis-sent"), phone=FIRST),
        Column("step", _("nation.step"), "", state_words),
        since_column(),
    )
    fields = (
        *body_fields("body"),
        Field("committees", _("page.committee_group"), "group"),
        Field("standing", _("page.state"), as_=code("kpis-sent")),
        Field("step", _("nation.step"), "state", as_=code("scorecard-state")),
    )


KPIS_SENT = register_question(
    Table(
        "Q5",
        bodies_of,
        figures,
        SentList,
        of_year=lambda rules: bool(books.supervising(rules.year.buddhist)),
        roles=OF_OPDC,
        is_now=True,
    )
)
