"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.agendas.queries import agenda_of, key_of
from esar.kernel.problems import Refused
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.lifecycle.editing import mark_of_thing
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.templatetags.words import words
from esar.report.follow_ups.life import FOLLOW_UP_LIFE
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.queries import QUARTERS, led_by
from esar.report.follow_ups.states import StageState

MAX_TEXT = 4000
TOLD = ("agenda", "quarter", "obstacle", "proposal")


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        max_length=MAX_TEXT, required=False, label=lazy_say(label), widget=forms.Textarea
    )


class FollowUpForm(DraftForm):
    """The agenda and the quarter, how each stage goes, obstacles, what the lead proposes.

    Of a draft (`thing`) the agenda and the quarter stay as they are.
    """

    agenda = forms.ChoiceField(label=lazy_say("label.agenda"))
    quarter = forms.TypedChoiceField(coerce=int, label=lazy_say("label.quarter"))
    obstacle = _text("label.obstacle")
    proposal = _text("label.proposal")

    def __init__(self, *args: Any, body: Body, year: int, thing: FollowUp | None = None) -> None:
        super().__init__(*args)
        self.thing = thing
        self.rules = {key_of(rule): rule for rule in led_by(body, year)}
        if thing is not None:
            rule = agenda_of(year, thing.agenda)
            self.rules = {thing.agenda: rule} if rule else {}
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
                    widget=forms.Select(),
                )
        if thing is not None:
            del self.fields["agenda"], self.fields["quarter"]
            self.initial.update(obstacle=thing.obstacle, proposal=thing.proposal)
            self.initial["seen"] = mark_of_thing(FOLLOW_UP_LIFE, thing)
            for stage in thing.stages:
                self.initial[f"stage-{thing.agenda}-{stage['id']}"] = stage["state"]
        self.order_fields(["agenda", "quarter", *self._stage_names, "obstacle", "proposal"])

    def show_refusal(self, refused: Refused) -> None:
        """After a conflict each stage is shown by itself."""
        if self.thing is not None and isinstance(refused, Conflict):
            for stage in refused.kept.pop("stages", ()):
                refused.kept[f"stage-{self.thing.agenda}-{stage['id']}"] = stage["state"]
        super().show_refusal(refused)

    @property
    def _stage_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("stage-")]

    @property
    def columns(self) -> dict[str, Any]:
        """What was told, as a follow-up keeps it."""
        fields = self.cleaned_data
        agenda = self.thing.agenda if self.thing else fields["agenda"]
        rule = self.rules.get(agenda)
        stages = [
            {"id": item.id, "state": fields.get(f"stage-{agenda}-{item.id}", "")}
            for item in (rule.value.stages if rule else ())
        ]
        names = TOLD[2:] if self.thing else TOLD
        return {**{name: fields[name] for name in names}, "stages": stages}
