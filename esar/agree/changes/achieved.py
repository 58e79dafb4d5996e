"""What a KPI has achieved already: known from elsewhere, and never its new target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from esar.agree.changes.frozen import KnownFigure
from esar.agree.changes.signals import achieved_asked
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.problems import Problem
from esar.kernel.wording import Phrase
from esar.law.rules.book import Rule
from esar.law.rules.kinds import ChangeRules
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal

ONLY_RISES = ("sum", "max")  # ways of accumulating by which a year's figure never falls again


def known_figures(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """What months, reports, assessments and owners say of a KPI, the newest last."""
    answers: Any = achieved_asked.send(Scorecard, scorecard=scorecard, number=number)
    figures: list[KnownFigure] = [figure for _, answered in answers for figure in answered]
    return sorted(figures, key=lambda figure: figure.until)


def newest(figures: list[KnownFigure]) -> list[KnownFigure]:
    """Those of the newest day: what a request is held against. Of a KPI of items, of each item.

    A released result, corrected or not, overrules an assessment, and that all others.
    """
    items = dict.fromkeys(figure.item for figure in figures)
    return [
        figure
        for item in items
        for figure in _newest_of([figure for figure in figures if figure.item == item])
    ]


def _newest_of(figures: list[KnownFigure]) -> list[KnownFigure]:
    of_day = [figure for figure in figures if figure.until == figures[-1].until]
    for source in ("result", "assessment"):
        if ruling := [figure for figure in of_day if figure.source == source]:
            return ruling
    return of_day


def words_of(figure: KnownFigure) -> Phrase:
    """A figure with its source and its day, for people."""
    until = date.fromisoformat(figure.until)
    blanks = {"value": trimmed(figure.figure), "until": until}
    words = Phrase(f"achieved.{figure.source}", blanks)
    return (
        Phrase("achieved.of_item", {"item": figure.item, "words": words}) if figure.item else words
    )


def is_measured(kpi: Kpi) -> bool:
    """Whether a figure is held against its targets, so that it has achieved something."""
    return kpi.template.method == IndicatorVersion.Method.LADDER


def has_items(kpi: Kpi) -> bool:
    """Whether figures are held against the targets of its items."""
    return kpi.template.method == IndicatorVersion.Method.ITEMS


def newest_of_items(figures: list[KnownFigure]) -> dict[str, Decimal]:
    """Item id → what it has come to by the newest figure."""
    return {figure.item: figure.figure for figure in newest(figures) if figure.item}


def item_problems(
    kpi: Kpi, new_items: list[dict[str, Any]], figures: list[KnownFigure], rule: Rule[ChangeRules]
) -> Iterator[Problem]:
    """No level of an item that changes may be one that the item has achieved already."""
    old_levels = {item["id"]: item["targets"] for item in kpi.items}
    for item in new_items:
        own = [figure for figure in figures if figure.item == item["id"]]
        old = old_levels.get(item["id"], [])
        direction = item["direction"]
        yield from target_problems(kpi, old, item["targets"], None, own, rule, direction)


def figure_problems(
    kpi: Kpi,
    achieved: Decimal | None,
    why: str,
    figures: list[KnownFigure],
    rule: Rule[ChangeRules],
) -> Iterator[Problem]:
    """What is achieved must be told, and told as it was reported, or else with a reason."""
    now = newest(figures)
    words = tuple(map(words_of, now))
    if achieved is None:
        if now or not why.strip():
            yield refusal("change.no_achieved", rule, {"kpi": kpi.number, "known": words})
    elif not why.strip() and any(figure.figure != achieved for figure in now):
        blanks = {"achieved": trimmed(achieved), "known": words}
        yield refusal("change.achieved_differs", rule, blanks)


def target_problems(
    kpi: Kpi,
    old: list[str],
    new: list[str],
    achieved: Decimal | None,
    figures: list[KnownFigure],
    rule: Rule[ChangeRules],
    direction: str = "",
) -> Iterator[Problem]:
    """No level that changes may be one that is achieved already, in the KPI's direction."""
    results: list[tuple[Decimal, Any]] = []
    if achieved is not None:
        results.append((achieved, Phrase("achieved.typed", {"value": trimmed(achieved)})))
    results += [(figure.figure, words_of(figure)) for figure in newest(figures)]
    changed = _changed(old, new)
    rises = (direction or kpi.template.direction) == "higher"

    def reaches(result: Decimal, target: Decimal) -> bool:
        return _reaches(kpi, result, target, rises=rises)

    reached = [t for t in changed if any(reaches(result, t) for result, _ in results)]
    if reached:
        reaching = [words for result, words in results if any(reaches(result, t) for t in reached)]
        blanks = {"targets": tuple(map(trimmed, reached)), "achieved": tuple(reaching)}
        yield refusal("change.target_is_achieved", rule, blanks)


def _changed(old: list[str], new: list[str]) -> list[Decimal]:
    """The new targets of the levels that are not as they were."""
    before = [Decimal(target) for target in old] if len(old) == len(new) else [None] * len(new)
    after = [Decimal(target) for target in new]
    return [target for was, target in zip(before, after, strict=True) if was != target]


def _reaches(kpi: Kpi, result: Decimal, target: Decimal, *, rises: bool) -> bool:
    """Whether a result reaches a target for good; what may still rise past one does not."""
    if rises:
        return result >= target
    if kpi.template.accumulation in ONLY_RISES:
        return result == target
    return result <= target
