"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.platform.ui.forms import DayText, DecimalText, Form, lazy_say
from esar.platform.ui.templatetags.words import name_of, words
from esar.report.self_evaluations.queries import evaluate_themselves, not_asked, rule_of

MAX_TEXT = 4000


class AskForm(Form):
    """Of which round, and which bodies are asked."""

    round_id = forms.ChoiceField(label=lazy_say("page.round"))
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(),
        label=lazy_say("label.bodies"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )
    beside: ClassVar = {"self_evaluation.none_chosen": "bodies"}

    def __init__(self, *args: Any, year: int) -> None:
        super().__init__(*args)
        rule = rule_of(year)
        rounds = [name.removeprefix("round.") for name in rule.value.rounds] if rule else []
        choice: Any = self.fields["round_id"]
        choice.choices = [(name, words(books.round_label(year, name))) for name in rounds]
        bodies: Any = self.fields["bodies"]
        bodies.queryset = evaluate_themselves(year).order_by("name_key")
        bodies.label_from_instance = name_of
        if rounds:
            self.initial["bodies"] = not_asked(year, rounds[0])


class PapersForm(Form):
    """What the papers say; what is not known yet is left empty."""

    frame = forms.CharField(
        max_length=500, required=False, label=lazy_say("label.self_evaluation_frame")
    )
    evaluators = forms.CharField(
        max_length=MAX_TEXT,
        required=False,
        label=lazy_say("label.self_evaluation_evaluators"),
        help_text=lazy_say("page.self_evaluation_evaluators_help"),
        widget=forms.Textarea,
    )
    total = DecimalText(
        digits=9, places=4, required=False, label=lazy_say("label.self_evaluation_total")
    )
    scale = DecimalText(
        digits=9, places=4, required=False, label=lazy_say("label.self_evaluation_scale")
    )
    grade = forms.CharField(
        max_length=200, required=False, label=lazy_say("label.self_evaluation_grade")
    )
    letter = forms.CharField(
        max_length=200, required=False, label=lazy_say("label.self_evaluation_letter")
    )
    letter_day = DayText(required=False, label=lazy_say("label.self_evaluation_letter_day"))
    received_on = DayText(
        required=False,
        label=lazy_say("label.self_evaluation_received_on"),
        help_text=lazy_say("page.self_evaluation_received_help"),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    beside: ClassVar = {"self_evaluation.total_off_scale": "total"}

    def __init__(self, *args: Any, by_opdc: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_opdc:  # what a body sends here is received on the day that it sends it
            del self.fields["received_on"]
