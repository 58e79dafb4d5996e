"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.agendas.queries import key_of
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import Form, lazy_say
from esar.platform.ui.templatetags.words import words
from esar.report.follow_ups.queries import QUARTERS, led_by
from esar.report.follow_ups.states import StageState

MAX_TEXT = 4000


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        max_length=MAX_TEXT, required=False, label=lazy_say(label), widget=forms.Textarea
    )


class FollowUpForm(Form):
    """The agenda and the quarter, how each stage goes, obstacles, what the lead proposes."""

    agenda = forms.ChoiceField(label=lazy_say("label.agenda"))
    quarter = forms.TypedChoiceField(coerce=int, label=lazy_say("label.quarter"))
    obstacle = _text("label.obstacle")
    proposal = _text("label.proposal")

    def __init__(self, *args: Any, body: Body, year: int) -> None:
        super().__init__(*args)
        self.rules = {key_of(rule): rule for rule in led_by(body, year)}
        agenda: Any = self.fields["agenda"]
        agenda.choices = [(key, words(rule.label)) for key, rule in self.rules.items()]
        quarter: Any = self.fields["quarter"]
        quarter.choices = [
            (number, lazy_say("quarter.of", (("number", number),))) for number in QUARTERS
        ]
        states = [(state, lazy_say(f"stage-state.{state}")) for state in StageState.values]
        for key, rule in self.rules.items():
            for item in rule.value.stages:
                self.fields[f"stage-{key}-{item.id}"] = forms.ChoiceField(
                    choices=states,
                    label=words(item.label),
                    required=len(self.rules) == 1,
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
        self.order_fields(["agenda", "quarter", *self._stage_names, "obstacle", "proposal"])

    @property
    def _stage_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("stage-")]

    @property
    def columns(self) -> dict[str, Any]:
        """What was told, as a follow-up keeps it."""
        fields = self.cleaned_data
        rule = self.rules[fields["agenda"]]
        stages = [
            {"id": item.id, "state": fields.get(f"stage-{fields['agenda']}-{item.id}", "")}
            for item in rule.value.stages
        ]
        names = ("agenda", "quarter", "obstacle", "proposal")
        return {**{name: fields[name] for name in names}, "stages": stages}
