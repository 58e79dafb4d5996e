"""What is asked of a late report: its round, the day it came, the place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.kernel.problems import Place
from esar.kernel.wording import problem_words
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Round
from esar.law.scoring.lateness import receipt_problem, uncounted
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui.forms import DayText, Form, lazy_say


class LateForm(Form):
    """Which round, when it was received, and where: a province may have holidays of its own."""

    round = forms.ChoiceField(label=lazy_say("label.late_round"))
    received = DayText(label=lazy_say("label.late_received"))
    province = forms.ChoiceField(required=False, label=lazy_say("label.late_province"))

    def __init__(self, data: Any, *, rounds: list[Rule[Round]], rules: Rules) -> None:
        super().__init__(data)
        self.rules = rules
        self.rounds = {one.id.removeprefix("round."): one for one in rounds}
        language = get_language() or "th"
        chosen: Any = self.fields["round"]
        chosen.choices = [(name, one.label.say(language)) for name, one in self.rounds.items()]
        names = evaluated_bodies(kind=Body.Kind.PROVINCE).values_list("code", f"name_{language}")
        where: Any = self.fields["province"]
        where.choices = [("", lazy_say("choice.no_province")), *names]

    def clean(self) -> dict[str, Any]:
        """The day can be that of its round's receipt, and the days up to it can be counted."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        received, chosen = answers.get("received"), self.rounds.get(answers.get("round", ""))
        if received and chosen:
            problem = receipt_problem(received, chosen, Place()) or uncounted(
                chosen, received, self.rules
            )
            if problem is not None:
                self.add_error("received", problem_words(problem, get_language() or "th"))
        return answers
