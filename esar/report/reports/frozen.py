"""What was sent in, as a version keeps it: read once from its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from esar.kernel.content import Content


@dataclass(frozen=True)
class SentMonth(Content):
    """What was said of one month ("2023-10"). Decimals are strings; None is not reported."""

    month: str
    value: str | None
    numerator: str | None
    denominator: str | None


@dataclass(frozen=True)
class SentFile(Content):
    """A file that a claim rests on, by the hash of its bytes; `size` in bytes."""

    name: str
    sha256: str
    size: int
    is_public: bool


@dataclass(frozen=True)
class SentClaim(Content):
    """One KPI as it was sent in: its result or why there is none, its words and its files.

    Decimals are strings: `actual` in the KPI's unit, `points` and `weighted` as the report itself
    was scored. `items` has the results of a weighted average's items by their ids. `plan` is what
    had come of a plan of activities (`law.scoring.inputs`).
    """

    number: str
    name: str
    unit: str
    status: str
    actual: str | None
    numerator: str | None
    denominator: str | None
    steps_done: tuple[int, ...] | None
    why: str
    central_value: int | None
    plan: Mapping[str, Any] | None = None
    months: tuple[SentMonth, ...] = ()
    did: str = ""
    factors: str = ""
    obstacles: str = ""
    suggestions: str = ""
    files: tuple[SentFile, ...] = ()
    points: str | None = None
    weighted: str | None = None
    items: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SentReport(Content):
    """A report as it was sent in, bound to the scorecard it reports on. `total` is a decimal."""

    body: str
    fiscal_year: int
    round: str
    scorecard_version: int
    scorecard_sha256: str
    total: str | None
    claims: tuple[SentClaim, ...]

    def by_number(self) -> dict[str, SentClaim]:
        """KPI number → what was said of it."""
        return {claim.number: claim for claim in self.claims}
