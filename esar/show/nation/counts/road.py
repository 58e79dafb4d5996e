"""T11: the days on which a year's evaluation was decided, as its rulebook tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from esar.law.rules.book import Rule
from esar.law.rules.kinds import Road
from esar.law.rules.text import Text
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import cite_of, day, words
from esar.show.nation.registry import AsOf, Figure, Table, register
from esar.show.nation.tables import RowList


@dataclass(frozen=True)
class Step:
    """What was decided on a day, by whom, in which meeting."""

    day: date
    who: Text
    what: Text
    meeting: str
    rule: Rule[Road]


def steps_of(as_of: AsOf) -> list[Step]:
    """The whole road, whatever the day. No query."""
    return [
        Step(step.day, step.who, step.what, step.meeting, rule)
        for rule in as_of.rules.of_kind(Road)
        for step in rule.value.steps
    ]


def figures(steps: Sequence[Step]) -> Iterator[Figure]:
    for place, step in enumerate(steps):
        label = f"{words(step.who)}: {words(step.what)}"
        yield Figure(f"days/{place}", label, step.day)


def clauses(step: Step) -> str:
    return " · ".join(cite_of(cite) for cite in step.rule.cites)


class RoadList(RowList[Step]):
    """The steps with who took them."""

    columns = (
        Column("day", _("nation.day"), as_=day, sort="day", phone=FIRST),
        Column("who", _("nation.who"), as_=words),
        Column("meeting", _("nation.meeting")),
        Column("what", _("nation.what"), as_=words),
    )
    fields = (
        Field("day", _("nation.day")),
        Field("who", _("nation.who"), lambda step: words(step.who)),
        Field("meeting", _("nation.meeting")),
        Field("what", _("nation.what"), lambda step: words(step.what)),
        Field("clause", _("nation.clause"), clauses),
    )


ROAD = register(
    Table(
        "T11",
        rows=steps_of,
        figures=figures,
        page=RoadList,
        of_year=lambda rules: bool(rules.of_kind(Road)),
        is_quoted=True,
    )
)
