"""Q8: what each level made of the one before: body, OPDC, minister, Prime Minister. For OPDC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.judge.assessments.levels import SELF
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.states import Stage
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Assessment as Levels
from esar.law.rules.numbers import EXACT, trimmed
from esar.platform.organisations.models import OF_OPDC, Body
from esar.platform.organisations.tables import BodySearch, body_column, body_fields, committee_group
from esar.platform.ui.columns import round_column, round_field
from esar.platform.ui.filters import Choice, Round, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field
from esar.platform.ui.templatetags.words import plain
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

STAGES = (SELF, Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER)
RAISED, LOWERED, SAME = MOVES = ("raised", "lowered", "same")


@dataclass(frozen=True)
class Difference:
    """An assessment with the totals of the levels that have passed it on."""

    assessment: Assessment

    @property
    def body(self) -> Body:
        return self.assessment.report.scorecard.body

    @property
    def round_id(self) -> str:
        return self.assessment.report.round_id

    @property
    def is_demo(self) -> bool:
        return self.assessment.report.scorecard.is_demo

    def total(self, stage: str) -> Decimal | None:
        """A level's total; None before it, and where nothing was reported."""
        text = self.assessment.totals.get(stage)
        return None if text is None else Decimal(text)

    def step(self, stage: str) -> Decimal | None:
        """How much more than the last level before it; None where one of the two has no total."""
        before = [self.total(name) for name in STAGES[: STAGES.index(stage)]]
        totals = [total for total in before if total is not None]
        now = self.total(stage)
        if now is None or not totals:
            return None
        return trimmed(EXACT.subtract(now, totals[-1]))

    def move(self, stage: str) -> str:
        step = self.step(stage)
        if step is None:
            return ""
        return SAME if step == 0 else RAISED if step > 0 else LOWERED

    @property
    def preliminary(self) -> str:
        return self.move(Stage.PRELIMINARY)

    @property
    def minister(self) -> str:
        return self.move(Stage.MINISTER)

    @property
    def prime_minister(self) -> str:
        return self.move(Stage.PRIME_MINISTER)

    @property
    def whole(self) -> Decimal | None:
        """From the body's own total to that of the last level."""
        steps = [step for stage in STAGES[1:] if (step := self.step(stage)) is not None]
        return trimmed(EXACT.plus(sum(steps, Decimal(0)))) if steps else None


def differences(as_of: AsOf) -> list[Difference]:
    """Every assessment of the year's rounds. One query."""
    rows = Assessment.objects.filter(report__scorecard__fiscal_year=as_of.year)
    rows = rows.select_related("report__scorecard__body__parent")
    rows = rows.order_by("report__scorecard__body__name_key", "report__round_id")
    return [Difference(row) for row in rows]


def figures(rows: Sequence[Difference]) -> Iterator[Figure]:
    """Of each level how many totals it raised, lowered or left."""
    yield Figure("total", _("nation.total"), len(rows))
    for stage in STAGES[1:]:
        counts = Counter(row.move(stage) for row in rows)
        for move in MOVES:
            label, column = _(f"stage.{stage}"), _(f"level-move.{move}")
            yield Figure(f"{stage}/{move}", label, counts[move], f"{stage}={move}", column)


def total_at(stage: str) -> Callable[[Difference], str]:
    return lambda row: plain(row.total(stage)) or "–"


def step_at(stage: str) -> Callable[[Difference], str | None]:
    """A total with how much more or less it is than the one before."""

    def step(row: Difference) -> str | None:
        total, more = row.total(stage), row.step(stage)
        if total is None:
            return None
        return f"{plain(total)} ({more:+f})" if more else plain(total)

    return step


def signed(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:+f}" if value else "0"


def _choice(stage: str) -> Choice:
    return Choice(stage, _(f"stage.{stage}"), values=MOVES, words=code_words("level-move"))


def _column(stage: str) -> Column:
    return Column(stage, _(f"stage.{stage}"), "", step_at(stage), figure=True)


def _field(stage: str) -> Field:
    return Field(stage, _(f"stage.{stage}"), lambda row: row.total(stage), figure=True)


def page_of(row: Difference) -> Any:
    return reverse("assessments:assessment", args=[row.assessment.pk])


class DifferenceList(RowList[Difference]):
    """Assessments with the totals of their levels beside each other."""

    filters = (
        BodySearch(path="body__"),
        Round(path="round_id"),
        committee_group("body__"),
        *map(_choice, STAGES[1:]),
    )
    columns = (
        body_column("body", page_of, demo="is_demo"),
        round_column("round_id", sort="round_id"),
        Column(SELF, _(f"stage.{SELF}"), "", total_at(SELF), figure=True),
        *map(_column, STAGES[1:]),
        Column("whole", _("nation.whole_difference"), as_=signed, figure=True, sort="whole"),
    )
    fields = (
        *body_fields("body"),
        round_field("round_id"),
        *map(_field, STAGES),
        Field("difference", _("nation.whole_difference"), "whole", figure=True),
    )


def has_levels(rules: Rules) -> bool:
    return bool(rules.of_kind(Levels))


DIFFERENCES = register_question(
    Table("Q8", differences, figures, DifferenceList, has_levels, roles=OF_OPDC, is_now=True)
)
