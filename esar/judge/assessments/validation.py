"""Whether an outcome that someone decides on fits its KPI: its form, the scale of its points."""

from __future__ import annotations

from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.frozen import AgreedKpi
from esar.kernel.problems import Problem
from esar.law.rules.book import Rules
from esar.law.rules.kinds import GivenScore
from esar.law.rules.refusals import refusal

IN_STEPS = ("milestones", "plan")  # methods whose outcome is which steps, or outputs, came


def misfits(kpi: AgreedKpi, outcome: Outcome, rules: Rules) -> list[Problem]:
    """What does not fit: steps where a figure belongs, or points off the year's scale."""
    figures: dict[str, object] = {"number": kpi.number}
    is_average = kpi.method == "items"
    figure_fits = outcome.actual is None or not (kpi.method in IN_STEPS or is_average)
    steps_fit = outcome.steps_done is None or kpi.method in IN_STEPS
    items_fit = outcome.items.keys() <= {item.id for item in kpi.items}  # of an average alone
    if not (figure_fits and steps_fit and items_fit):
        return [Problem("assessment.wrong_form", figures)]
    scale = rules.the(GivenScore)
    if kpi.method == "given" and outcome.actual is not None and scale is not None:
        least, most = scale.value.least, scale.value.most
        if not least <= outcome.actual <= most:
            figures |= {"least": least, "most": most}
            return [refusal("assessment.points_off_scale", scale, figures)]
    return []
