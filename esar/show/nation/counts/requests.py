"""Q6: requests to change KPIs by ground, kind and ministry, and whether OPDC was told in time.

Those that a body has not sent yet, or took back, are not counted. For OPDC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from esar.agree.changes.content import grounds
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import CHANGE_AT_THE_BODY
from esar.agree.changes.states import ChangeState
from esar.law.rules.book import Rules
from esar.law.rules.numbers import exact_sum, trimmed
from esar.law.rules.text import Text
from esar.platform.calendars.queries import entries_of
from esar.platform.organisations.models import OF_OPDC, Body
from esar.platform.organisations.tables import (
    BodyGroup,
    BodySearch,
    body_column,
    body_fields,
    committee_group,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Reader, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import day, kind_words, name_of, plain, words
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

TOLD = ("in_time", "late", "not_yet", "untimed")
ENDED = (ChangeState.DONE, ChangeState.REJECTED)


@dataclass(frozen=True)
class Asked:
    """A request with the last day on which OPDC may be told of it."""

    change: ChangeRequest
    until: date | None

    @property
    def body(self) -> Body:
        return self.change.scorecard.body

    @property
    def ministry(self) -> str:
        """What its body stands under: a ministry, or of provinces the region."""
        return self.body.parent.code if self.body.parent else self.body.region_th

    @property
    def ground(self) -> str:
        return self.change.ground

    @property
    def kind(self) -> str:
        return str(self.change.old.get("kind", ""))

    @property
    def told(self) -> str:
        """Whether OPDC was told within the window that the request is of."""
        told_on = self.change.told_on
        if told_on is None:
            return "not_yet"
        if self.until is None:
            return "untimed"
        return "in_time" if told_on <= self.until else "late"

    @property
    def joint(self) -> str:
        """Whether it is of a Joint KPI by agenda, which goes another route, and still waits."""
        waits = self.change.state not in ENDED
        return "waiting" if waits and "joint-agenda" in self.kind else ""

    @cached_property
    def moved(self) -> Decimal:
        """How much weight the decision moved: of a cancelled KPI all that it had."""
        if self.change.state != ChangeState.DONE:
            return Decimal(0)
        before = Decimal(self.change.old.get("weight") or 0)
        after = Decimal((self.change.new or {}).get("weight") or before)
        return trimmed(before if self.change.cancels else abs(after - before))


def asked_for(as_of: AsOf) -> list[Asked]:
    """The requests of the year that bodies have sent. Two queries."""
    changes = ChangeRequest.objects.filter(scorecard__fiscal_year=as_of.year)
    changes = changes.exclude(state__in=CHANGE_AT_THE_BODY)
    rows = list(changes.select_related("scorecard__body__parent"))
    windows = entries_of(as_of.year, {row.scorecard.body for row in rows}, on=as_of.day)
    return [Asked(row, _until(row, windows[row.scorecard.body_id])) for row in rows]


def _until(change: ChangeRequest, entries: Sequence[Any]) -> date | None:
    return next((entry.last for entry in entries if entry.id == change.window), None)


def _ground_labels(year: int) -> Mapping[str, Text]:
    book = books.book(year)
    items = grounds(book.on(book.year.last_day)) if book else {}
    return {name: item.label for name, item in items.items()}


def ground_words(row: Asked) -> str:
    label = _ground_labels(row.change.scorecard.fiscal_year).get(row.ground)
    return words(label) if label else row.ground


def kind_label(row: Asked) -> str:
    return kind_words(row.kind, row.change.scorecard.fiscal_year) or row.kind


def ministry_label(row: Asked) -> Any:
    return name_of(row.body.parent) if row.body.parent else row.body.region_th


def figures(rows: Sequence[Asked]) -> Iterator[Figure]:
    yield Figure("total", _("nation.total"), len(rows))
    yield from _counted("grounds", "ground", rows, lambda row: row.ground, ground_words)
    yield from _counted("kinds", "kind", rows, lambda row: row.kind, kind_label)
    yield from _counted("ministries", "ministry", rows, lambda row: row.ministry, ministry_label)
    notices = Counter(row.told for row in rows)
    for name in TOLD[:3]:
        label, column = _("nation.told_opdc"), _(f"told-opdc.{name}")
        yield Figure(f"told/{name}", label, notices[name], f"told={name}", column)
    waiting = sum(bool(row.joint) for row in rows)
    yield Figure("joint_waiting", _("nation.joint_waiting"), waiting, "joint=waiting")
    moved = trimmed(exact_sum([row.moved for row in rows]))
    yield Figure("weight_moved", _("nation.weight_moved"), f"{moved:f}")


def _counted(
    at: str,
    name: str,
    rows: Sequence[Asked],
    key: Callable[[Asked], str],
    label: Callable[[Asked], Any],
) -> Iterator[Figure]:
    """A cell for each ground, kind or ministry that a request is of, the most frequent first."""
    labels = {key(row): label(row) for row in rows}
    for value, count in Counter(map(key, rows)).most_common():
        yield Figure(
            f"{at}/{value}", _(f"nation.by_{name}"), count, f"{name}={value}", labels[value]
        )


def _kind_ids(reader: Reader) -> list[str]:
    return [rule.id for rule in books.kinds_of_kpis(reader.year)]


def _ground_ids(reader: Reader) -> list[str]:
    return list(_ground_labels(reader.year)) if reader.year else []


class _KindChoice(Choice):
    def options(self, reader: Reader) -> list[tuple[str, str]]:
        rules = books.kinds_of_kpis(reader.year)
        return [(rule.id, words(rule.label)) for rule in rules]


class _GroundChoice(Choice):
    def options(self, reader: Reader) -> list[tuple[str, str]]:
        labels = _ground_labels(reader.year) if reader.year else {}
        return [(name, words(label)) for name, label in labels.items()]


class AskedList(RowList[Asked]):
    """Requests, each with its page."""

    filters = (
        BodySearch(path="body__"),
        committee_group("body__"),
        BodyGroup("ministry", _("page.group")),
        _GroundChoice("ground", _("label.ground"), values=_ground_ids),
        _KindChoice("kind", _("label.kind"), values=_kind_ids),
        Choice("told", _("nation.told_opdc"), values=TOLD, words=code_words("told-opdc")),
        Choice(
            "joint", _("kpi-class.joint"), values=("waiting",), words=code_words("joint-request")
        ),
    )
    columns = (
        body_column("body", lambda row: reverse("changes:change", args=[row.change.pk])),
        Column("number", _("field.number"), "change.number"),
        Column("ground", _("label.ground"), "", ground_words, sort="ground", phone=FIRST),
        Column("kind", _("label.kind"), "", kind_label, sort="kind"),
        Column("state", _("page.state"), "change.state", code("change-state")),
        Column("told_on", _("label.told_on"), "change.told_on", day, sort="change.told_on"),
        Column("told", _("nation.told_opdc"), as_=code("told-opdc")),
        Column("moved", _("nation.weight_moved"), as_=plain, figure=True, sort="moved"),
    )
    fields = (
        *body_fields("body"),
        Field("ministry", _("nation.ministry")),
        Field("number", _("field.number"), "change.number"),
        Field("ground", _("label.ground")),
        Field("kind", _("label.kind")),
        Field("state", _("page.state"), "change.state", code("change-state")),
        Field("told_on", _("label.told_on"), "change.told_on"),
        Field("told", _("nation.told_opdc"), as_=code("told-opdc")),
        Field("joint", _("kpi-class.joint")),
        Field("weight_moved", _("nation.weight_moved"), "moved", figure=True),
    )


def has_grounds(rules: Rules) -> bool:
    return bool(grounds(rules))


REQUESTS = register_question(
    Table("Q6", asked_for, figures, AskedList, has_grounds, roles=OF_OPDC, is_now=True)
)
