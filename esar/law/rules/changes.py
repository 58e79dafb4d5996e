"""What changed between two sets of rules, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from esar.law.rules.book import Rule, Rules
from esar.law.rules.document import Line, describe


@dataclass(frozen=True)
class Change:
    """One entry that begins, ends or reads differently.

    `lines` are the (old, new) pairs of the lines that differ; None where there is none.
    """

    what: Literal["begins", "ends", "differs"]
    before: Rule[object] | None
    after: Rule[object] | None
    lines: tuple[tuple[Line | None, Line | None], ...] = ()

    @property
    def rule(self) -> Rule[object]:
        rule = self.after or self.before
        assert rule is not None
        return rule


def changes(before: Rules, after: Rules, language: str) -> list[Change]:
    """Every difference, in the order of the later rules; entries that ended come last."""
    begun_or_changed = [
        change
        for name, rule in after.by_id.items()
        if (change := _change(before.by_id.get(name), rule, language)) is not None
    ]
    ended = [rule for name, rule in before.by_id.items() if name not in after.by_id]
    return begun_or_changed + [Change("ends", rule, None) for rule in ended]


def _change(before: Rule[object] | None, after: Rule[object], language: str) -> Change | None:
    if before is None:
        return Change("begins", None, after)
    if (before.value, before.entry.bodies) == (after.value, after.entry.bodies):
        return None
    pairs = tuple(_different_lines(before, after, language))
    return Change("differs", before, after, pairs) if pairs else None


def _different_lines(
    before: Rule[object], after: Rule[object], language: str
) -> Iterator[tuple[Line | None, Line | None]]:
    """Lines by their label and their turn under it: a list is compared item by item."""
    old, new = _keyed(before, language), _keyed(after, language)
    for key, line in new.items():
        if old.get(key) != line:
            yield old.get(key), line
    for key, line in old.items():
        if key not in new:
            yield line, None


def _keyed(rule: Rule[object], language: str) -> dict[tuple[str, str], Line]:
    keyed: dict[tuple[str, str], Line] = {}
    parent = ""
    for line in describe(rule.value, language):
        parent = line.label if line.depth == 0 else parent
        keyed[parent, line.label if line.depth else ""] = line
    return keyed
