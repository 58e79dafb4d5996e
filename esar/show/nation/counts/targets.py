"""Q4: which sub-indicators have no holder or target, and whether the holders' targets reach theirs.

In one list for all agendas; each agenda's page tells its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.agree.agendas.checks import shortfall
from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import sub_indicators_on, sum_of_targets, with_holders
from esar.platform.ui.cells import code, demo_chip
from esar.platform.ui.filters import Choice, Search, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import plain_or_dash
from esar.show.nation.counts.agendas import AGENDA, has_agendas
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

STANDINGS = ("adds_up", "does_not", "no_target", "no_holder", "not_added")


@dataclass(frozen=True)
class Held:
    """A sub-indicator with who holds it."""

    sub: SubIndicator
    holders: list[Holder]

    @property
    def agenda(self) -> str:
        return self.sub.agenda

    @property
    def many(self) -> int:
        return len(self.holders)

    @property
    def without_target(self) -> int:
        return sum(1 for holder in self.holders if not holder.targets)

    @property
    def total(self) -> Decimal | None:
        """What the holders' targets add up to, where they are to add up."""
        return sum_of_targets(self.holders) if self.sub.adds else None

    @property
    def standing(self) -> str:
        if not self.holders:
            return "no_holder"
        if self.without_target:
            return "no_target"
        if not self.sub.adds or self.sub.target is None:
            return "not_added"
        return "does_not" if shortfall(self.sub, self.holders) else "adds_up"


def held_on(as_of: AsOf) -> list[Held]:
    """Every sub-indicator in force on the day with its holders. Three queries."""
    subs: Any = with_holders(sub_indicators_on(as_of.year, as_of.day), as_of.day)
    return [Held(sub, sub.holders_now) for sub in subs]


def figures(rows: Sequence[Held]) -> Iterator[Figure]:
    counts = Counter(row.standing for row in rows)
    yield Figure("total", _("nation.total"), len(rows))
    for name in STANDINGS:
        yield Figure(name, _(f"targets-standing.{name}"), counts[name], f"standing={name}")
    without = sum(row.without_target for row in rows)
    label = _("nation.holders_without_target")
    yield Figure("holders_without", label, without, "standing=no_target")


def page_of(row: Held) -> str:
    return reverse("public:sub-indicator", args=[row.sub.pk])


class HeldList(RowList[Held]):
    """Sub-indicators with their main target and what the holders' targets come to."""

    filters = (
        Search(paths=("sub.code", "sub.name")),
        AGENDA,
        Choice("standing", _("page.state"), values=STANDINGS, words=code_words("targets-standing")),
    )
    columns = (
        Column(
            "name",
            _("label.sub_indicator"),
            "sub.name",
            sort="sub.name",
            phone=FIRST,
            link=page_of,
            also=demo_chip("sub.is_demo"),
        ),
        Column("code", _("page.code"), "sub.code", sort="sub.code"),
        Column("many", _("label.holders"), figure=True, sort="many"),
        Column("without", _("nation.without_target"), "without_target", figure=True),
        Column("total", _("nation.sum"), as_=plain_or_dash, figure=True),
        Column("target", _("label.main_target"), "sub.target", plain_or_dash, figure=True),
        Column("standing", _("page.state"), as_=code("targets-standing"), phone=FIRST),
    )
    fields = (
        Field("code", _("page.code"), "sub.code"),
        Field("name", _("label.sub_indicator"), "sub.name"),
        Field("agenda", _("label.agenda"), "sub.agenda"),
        Field("unit", _("label.unit"), "sub.unit"),
        Field("holders", _("label.holders"), "many"),
        Field("without_target", _("nation.without_target")),
        Field("sum", _("nation.sum_of_targets"), "total", figure=True),
        Field("target", _("label.main_target"), "sub.target", figure=True),
        Field("standing", _("page.state"), as_=code("targets-standing")),
    )


TARGETS = register_question(Table("Q4", held_on, figures, HeldList, has_agendas))
