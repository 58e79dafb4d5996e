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
    form = {"items": "items"}.get(kpi.method, "steps" if kpi.method in IN_STEPS else "figure")
    forms = {
        "figure": outcome.actual is not None,
        "steps": outcome.steps_done is not None,
        "items": bool(outcome.items),
    }
    ids = {item.id for item in kpi.items}
    if (
        any(is_there for name, is_there in forms.items() if name != form)
        or outcome.items.keys() - ids
    ):
        return [Problem("assessment.wrong_form", figures)]
    scale = rules.the(GivenScore)
    if kpi.method == "given" and outcome.actual is not None and scale is not None:
        least, most = scale.value.least, scale.value.most
        if not least <= outcome.actual <= most:
            figures |= {"least": least, "most": most}
            return [refusal("assessment.points_off_scale", scale, figures)]
    return []
