"""T8: what is evaluated with which weight, and how a result becomes points and a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Component, Grades, KpiGroup, Ladder
from esar.law.rules.numbers import trimmed
from esar.law.rules.text import Text
from esar.platform.ui.filters import Choice, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import cite_of, words
from esar.show.nation.registry import AsOf, Figure, Table, register
from esar.show.nation.tables import RowList

BODIES = "department"  # the frame of provinces has the same weights, points and grades
PARTS = ("weights", "groups", "points", "grades")


@dataclass(frozen=True)
class Part:
    """A component's weight, a group of its KPIs, a target's points, or a grade's band from `least`
    to `most`. A group has a number and no weight of its own.
    """

    part: str
    key: str
    label: Text
    rule: Rule[object]
    least: Decimal | None = None
    most: Decimal | None = None
    number: str = ""


def parts_of(as_of: AsOf) -> list[Part]:
    """The frame as it binds on the day. No query."""
    rules = as_of.book.on(as_of.day, BODIES)
    if rules.the(Grades) is None:
        rules = as_of.book.on(as_of.book.year.last_day, BODIES)
    return [*_weights(rules), *_groups(rules), *_points(rules), *_grades(rules)]


def _weights(rules: Rules) -> Iterator[Part]:
    for rule in sorted(rules.of_kind(Component), key=lambda rule: rule.value.number):
        if rule.value.weight is not None:
            yield Part("weights", rule.value.number, rule.label, rule, rule.value.weight)


def _groups(rules: Rules) -> Iterator[Part]:
    """The groups of each component, by number: 1.1 and 1.2 of 1."""
    numbers = {rule.id: rule.value.number for rule in rules.of_kind(Component)}
    places: Counter[str] = Counter()
    for rule in sorted(rules.of_kind(KpiGroup), key=lambda rule: rule.value.number):
        component = numbers[rule.value.component]
        key = f"{component}/{places[component]}"
        places[component] += 1
        yield Part("groups", key, rule.label, rule, number=rule.value.number)


def _points(rules: Rules) -> Iterator[Part]:
    ladder = rules.the(Ladder)
    for place, points in enumerate(ladder.value.points if ladder else ()):
        assert ladder is not None
        yield Part("points", str(place), ladder.value.levels[place], ladder, points)


def _grades(rules: Rules) -> Iterator[Part]:
    grades = rules.the(Grades)
    for band in grades.value.bands if grades else ():
        assert grades is not None
        yield Part("grades", band.id, band.label, grades, band.least, band.most)


def figures(parts: Sequence[Part]) -> Iterator[Figure]:
    for part in parts:
        at, asks, label = f"{part.part}/{part.key}", f"part={part.part}", words(part.label)
        if part.number:
            yield Figure(at, label, part.number, asks)
        elif part.most is None:
            yield Figure(at, label, _number(part.least), asks)
        else:
            yield Figure(f"{at}/0", label, _number(part.least), asks, _("nation.from"))
            yield Figure(f"{at}/1", label, _number(part.most), asks, _("nation.to"))


def _number(value: Decimal | None) -> int | str:
    """A whole number as one, any other as its exact text; nothing as nothing."""
    if value is None:
        return ""
    short = trimmed(value)
    return int(short) if short == int(short) else f"{short:f}"


def value_of(part: Part) -> int | str:
    """The number of a group, the weight, the points or the lower end of any other."""
    return part.number or _number(part.least)


def clauses(part: Part) -> str:
    return " · ".join(cite_of(cite) for cite in part.rule.cites)


class PartList(RowList[Part]):
    """The rules that the frame consists of, with their clauses."""

    filters = (Choice("part", _("nation.part"), values=PARTS, words=code_words("nation-part")),)
    columns = (
        Column("label", _("nation.rule"), as_=words, phone=FIRST),
        Column("part", _("nation.part"), as_=lambda name: _(f"nation-part.{name}")),
        Column("least", _("nation.value"), "", value_of, figure=True),
        Column("most", _("nation.to"), as_=_number, figure=True),
        Column("clause", _("nation.clause"), "", clauses),
    )
    fields = (
        Field("part", _("nation.part"), as_=lambda name: _(f"nation-part.{name}")),
        Field("key", _("nation.path")),
        Field("label", _("nation.rule"), lambda part: words(part.label)),
        Field("least", _("nation.value"), value_of, figure=True),
        Field("most", _("nation.to"), figure=True),
        Field("clause", _("nation.clause"), clauses),
    )


FRAME = register(
    Table(
        "T8",
        rows=parts_of,
        figures=figures,
        page=PartList,
        of_year=lambda rules: bool(rules.of_kind(Ladder) and rules.the(Grades)),
    )
)
