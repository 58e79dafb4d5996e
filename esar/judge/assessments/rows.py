"""A row for each KPI of an assessment, as its pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.counted_weights import Weight
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.past_years import last_year
from esar.agree.scorecards.round_targets import Basis
from esar.agree.scorecards.slips import Slip, measured, slips_in
from esar.judge.assessments.levels import SELF, Layer, Layers
from esar.judge.assessments.models import Judgement, KpiCheck
from esar.law.scoring.scorecard import KpiScore
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import Missing, figure_of
from esar.report.reports.frozen import SentClaim
from esar.report.reports.models import NARRATIVE, Attachment

Checks = Mapping[str, Mapping[str, KpiCheck]]  # level → KPI number → who looked at it


@dataclass(frozen=True)
class Cell:
    """What a level makes of a KPI; `check` while what was looked at is still what there is."""

    level: str
    outcome: Outcome | None
    score: KpiScore | None
    judgement: Judgement | None
    check: KpiCheck | None
    slips: list[Slip]


@dataclass(frozen=True)
class Row:
    """One KPI: what it is held to, what was sent in of it, and each level's view so far."""

    kpi: AgreedKpi
    weight: Weight
    basis: Basis
    claim: SentClaim | None
    central: bool
    waits: bool
    files: list[Attachment]
    cells: list[Cell]

    @property
    def has_words(self) -> bool:
        """Whether the body wrote anything of it."""
        return any(getattr(self.claim, name, "") for name in ("why", *NARRATIVE))

    @property
    def is_due(self) -> bool:
        """Whether the round asks for it at all."""
        score = self.cells[0].score
        return score is None or score.status != "not_due"

    @property
    def newest(self) -> Cell:
        """The view of the level at whose desk it is, or was last."""
        return self.cells[-1]

    def drawing(self, year: int) -> Bullet | None:
        """The newest figure on the targets, beside last year's; None where there is no ladder."""
        targets = [Decimal(target) for target in self.basis.targets]
        if self.kpi.method != IndicatorVersion.Method.LADDER or not targets:
            return None
        actual = self.newest.outcome.actual if self.newest.outcome else None
        before = last_year(self.kpi, year) if self.basis.held_to != "round" else Missing.NONE
        figure = figure_of(actual, Missing.NOT_REPORTED)
        lower = self.kpi.direction == "lower"
        return bullet(targets, figure, last=before, is_lower_better=lower)


def rows_of(
    layers: Layers, state: str, files: Mapping[str, list[Attachment]], checks: Checks
) -> list[Row]:
    """A row for each KPI, in the order of the scorecard."""
    kpis = {kpi.number: kpi for kpi in layers.version.agreed.kpis}
    weights, reached = layers.weights(state), layers.reached(state)
    return [
        Row(
            kpis[number],
            weights[number],
            layers.bases[number],
            layers.claims.get(number),
            number in layers.central,
            number in layers.waiting,
            files.get(number, []),
            [
                Cell(
                    layer.level,
                    layer.outcomes.get(number),
                    layer.scores.get(number),
                    layer.judged.get(number),
                    checks.get(layer.level, {}).get(number),
                    _slips(layers, layer, kpis[number]),
                )
                for layer in reached
            ],
        )
        for number in layers.numbers
    ]


def unchecked(rows: list[Row], after: str = "") -> list[Row]:
    """KPIs that the newest level has not looked at; those that follow one first."""
    left = [row for row in rows if row.is_due and row.newest.check is None]
    order = [row.kpi.number for row in rows]
    place = order.index(after) if after in order else 0
    return sorted(left, key=lambda row: order.index(row.kpi.number) < place)


def _slips(layers: Layers, layer: Layer, kpi: AgreedKpi) -> list[Slip]:
    """What looks like a slip of the hand in what a level has a KPI come to.

    What its body reports and OPDC gives points for is a result at the body alone.
    """
    number, outcome = kpi.number, layer.outcomes.get(kpi.number, Outcome())
    actual, claim = measured(kpi, outcome.actual), layers.claims.get(number)
    if number in layers.waiting and layer.level == SELF and claim is not None and claim.actual:
        actual = Decimal(claim.actual)
    return slips_in(kpi, actual, outcome.items, layers.bases[number].targets)
