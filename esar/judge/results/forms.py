"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language

from esar.judge.results.route import Step
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import DayText, lazy_say


class StepForm(DraftForm):
    """Which step of the route was made, at which meeting, on which day."""

    step = forms.ChoiceField(label=lazy_say("label.route_step"))
    meeting = forms.CharField(label=lazy_say("label.route_meeting"), max_length=200)
    day = DayText(label=lazy_say("label.route_day"))

    beside: ClassVar = {"route.day_": "day", "route.step_": "step"}

    def __init__(self, data: Any, *, steps: Iterable[Step], mark: str) -> None:
        language = get_language() or "th"
        steps = list(steps)
        due = next((step.rule.id for step in steps if step.record is None), None)
        super().__init__(data, initial={"step": due, "seen": mark})
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (step.rule.id, step.rule.does.say(language)) for step in steps
        ]
