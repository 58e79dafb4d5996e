"""What a year measures a class of bodies by: its components, its scale and its grades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from esar.law.rules.book import Cite, Rule, Rulebook
from esar.law.rules.kinds import Component, Grades, Indicator, Total

Aspect = Literal["scale", "total", "components", "grades"]
ASPECTS: tuple[Aspect, ...] = ("scale", "total", "components", "grades")


@dataclass(frozen=True)
class Frame:
    """As the year ends. `places` are the decimals of a total."""

    total: Rule[Total]
    places: int
    components: tuple[Rule[Component], ...]
    grades: tuple[Rule[Grades], ...]
    indicator: Rule[Indicator] | None = None  # the one whose figure the total is, where it is one

    def rules(self, aspect: Aspect) -> tuple[Rule[object], ...]:
        """The rules that an aspect of the frame stands in."""
        if aspect in ("scale", "total"):
            return (self.total,)
        return self.components if aspect == "components" else self.grades

    def says(self, aspect: Aspect) -> list[object]:
        """What the rules of an aspect say, to be held against another year's."""
        if aspect == "scale":
            return [self.total.value.scale, self.places]
        if aspect == "total":
            return [self.total.value.rule, self.total.value.indicator]
        return [(rule.label, rule.value) for rule in self.rules(aspect)]

    def tree(self) -> list[tuple[Rule[Component], list[Rule[Component]]]]:
        """Each component of the first level with those under it, as the rulebook orders them."""
        tops = [rule for rule in self.components if rule.value.parent is None]
        return [
            (top, [rule for rule in self.components if rule.value.parent == top.id]) for top in tops
        ]


def frame_of(book: Rulebook, body_kind: str) -> Frame | None:
    """The frame of a class of bodies; None where the year has no scorecard for it."""
    rules = book.on(book.year.last_day, body_kind)
    total = rules.the(Total)
    if total is None:
        return None
    return Frame(
        total,
        rules.rounding("total"),
        tuple(rules.of_kind(Component)),
        tuple(rules.of_kind(Grades)),
        rules.get(total.value.indicator or "", Indicator),
    )


def differences(before: Frame, after: Frame) -> list[Aspect]:
    """In what two years' frames differ; figures of frames that differ cannot be compared."""
    return [aspect for aspect in ASPECTS if before.says(aspect) != after.says(aspect)]


def cites_of(frame: Frame, aspects: list[Aspect]) -> list[Cite]:
    """The documents that some aspects of a frame rest on, each once with all its clauses."""
    cites = [cite for aspect in aspects for rule in frame.rules(aspect) for cite in rule.cites]
    clauses: dict[str, list[str]] = {}
    for cite in cites:
        clauses.setdefault(cite.source.id, []).append(cite.clause)
    sources = {cite.source.id: cite.source for cite in cites}
    return [
        Cite(source, ", ".join(dict.fromkeys(clauses[name]))) for name, source in sources.items()
    ]
