"""What was agreed, as a version, an agenda item or a result keeps it: read once from its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from esar.kernel.content import Content
from esar.law.scoring.facts import Direction, HeldTo


@dataclass(frozen=True)
class BaselineYear(Content):
    """What a KPI's indicator came to in an earlier fiscal year (B.E.), in its unit."""

    year: int
    value: str


@dataclass(frozen=True)
class AgreedRound(Content):
    """What a round that ends before the year holds a KPI to: `targets` are of that round alone."""

    round: str
    held_to: HeldTo
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer(Content):
    """What a KPI says to one thing that its year's form asks, with the form's own words for it.

    `answer` is the form in which it was told: a day as ISO 8601, "yes" or "no"; of bodies the text
    has the names, and `codes` their codes; of an international index likewise.
    """

    id: str
    label: Mapping[str, str]
    text: str
    answer: str = "text"
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgreedItem(Content):
    """An item of a KPI that is a weighted average (ระดับความสำเร็จของร้อยละเฉลี่ยถ่วงน้ำหนัก).

    `weight` counts among the items of its KPI: shares are formed from their sum. `targets` are in
    its own `unit`, the lowest level first. Decimals are strings.
    """

    id: str
    name: str
    weight: str
    unit: str
    direction: Direction
    targets: tuple[str, ...]

    @property
    def share(self) -> Decimal:
        """The weight as a figure; 0 where none is said yet."""
        return Decimal(self.weight or 0)

    @property
    def ladder(self) -> tuple[Decimal, ...]:
        """The targets as figures."""
        return tuple(Decimal(target) for target in self.targets)


@dataclass(frozen=True)
class AgreedKpi(Content):
    """A KPI with its template as it was agreed. Decimals are strings, as they are kept.

    `weight` is in per cent of the scorecard, None where the year weighs nothing; `targets` are in
    the KPI's unit, the lowest level first; `cancelled` is the decision that cancelled it.
    `rounds` says what was agreed of earlier rounds; `effective_weight` is the weight that counts
    since a KPI of the scorecard was cancelled: "0" of the cancelled one; `answers` are those to its
    year's form, of which its targets may be those too; `items` are those of a weighted average,
    which has no targets itself. What the template says of
    the KPI came with later releases: older content reads as if it were left empty.
    """

    number: str
    component: str
    kind: str
    indicator: str
    indicator_version: int
    weight: str | None
    targets: tuple[str, ...]
    evidence_plan: str
    cancelled: str
    name: str
    method: str
    unit: str
    direction: Direction | Literal[""]
    accumulation: str = "last"
    per: str = "100"
    definition: str = ""
    formula: str = ""
    scope: str = ""
    conditions: str = ""
    data_source: str = ""
    collection: str = ""
    baseline: tuple[BaselineYear, ...] = ()
    owner: str = ""
    owner_phone: str = ""
    strategic_kpi: str = ""
    strategic_link: str = ""
    sdg: str = ""
    international_index: str = ""
    dimension: str = ""
    rounds: tuple[AgreedRound, ...] = ()
    effective_weight: str | None = None
    answers: tuple[Answer, ...] = ()
    items: tuple[AgreedItem, ...] = ()

    @property
    def partners(self) -> tuple[str, ...]:
        """The codes of the bodies that it says have the same KPI."""
        return tuple(
            code for answer in self.answers if answer.answer != "index" for code in answer.codes
        )

    @property
    def indexes(self) -> tuple[str, ...]:
        """The codes of the international indexes that it names."""
        return tuple(
            code for answer in self.answers if answer.answer == "index" for code in answer.codes
        )

    @property
    def share(self) -> Decimal | None:
        """The weight as a figure."""
        return None if self.weight is None else Decimal(self.weight)

    @property
    def ladder(self) -> tuple[Decimal, ...]:
        """The targets as figures."""
        return tuple(Decimal(target) for target in self.targets)


@dataclass(frozen=True)
class AgreedScorecard(Content):
    """Everything that was negotiated, and nothing that moves by itself (state, dates)."""

    body: str
    body_name: str
    fiscal_year: int
    kpis: tuple[AgreedKpi, ...]
    action_plan: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def kpi(self, number: str) -> AgreedKpi | None:
        """The KPI of a number, or None."""
        return next((kpi for kpi in self.kpis if kpi.number == number), None)

    def by_number(self) -> dict[str, AgreedKpi]:
        return {kpi.number: kpi for kpi in self.kpis}
