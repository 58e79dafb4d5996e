"""What is asked of a late report: its round, the day it came, the place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.kernel.wording import problem_words
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Round
from esar.law.scoring.lateness import uncounted
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui.forms import DayText, Form, lazy_say

MAX_DAYS = 366  # after the due day: what lies beyond is a slip of the hand


class LateForm(Form):
    """Which round, when it was received, and where: a province may have holidays of its own."""

    round = forms.ChoiceField(label=lazy_say("label.late_round"))
    received = DayText(label=lazy_say("label.late_received"))
    province = forms.ChoiceField(required=False, label=lazy_say("label.late_province"))

    def __init__(self, data: Any, *, rounds: list[Rule[Round]], rules: Rules) -> None:
        super().__init__(data)
        self.rules = rules
        self.last_due = max(one.value.due for one in rounds if one.value.due)
        self.rounds = {one.id.removeprefix("round."): one for one in rounds}
        language = get_language() or "th"
        chosen: Any = self.fields["round"]
        chosen.choices = [(name, one.label.say(language)) for name, one in self.rounds.items()]
        names = evaluated_bodies(kind=Body.Kind.PROVINCE).values_list("code", f"name_{language}")
        where: Any = self.fields["province"]
        where.choices = [("", lazy_say("choice.no_province")), *names]

    def clean_received(self) -> date:
        received: date = self.cleaned_data["received"]
        if (received - self.last_due).days > MAX_DAYS:
            raise forms.ValidationError(lazy_say("late.too_far"))
        for round_rule in self.rounds.values():
            problem = uncounted(round_rule, received, self.rules)
            if problem is not None:
                raise forms.ValidationError(problem_words(problem, get_language() or "th"))
        return received
