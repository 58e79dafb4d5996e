"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.kernel.problems import Problem
from esar.kernel.wording import problem_sentence
from esar.platform.ui.forms import DecimalText, Form, lazy_say
from esar.report.central_data.checks import DIGITS, MAX_REASON, PLACES
from esar.report.central_data.sheet import SUFFIXES

MAX_TEXT = 4000


class FileForm(Form):
    """One file; what is in it is asked by `actions.check_file`."""

    file = forms.FileField(
        label=lazy_say("label.central_file"),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    def refuse(self, problems: Iterable[Problem]) -> None:
        """With the place in the file, which the page does not show otherwise."""
        for problem in problems:
            self.add_error(None, problem_sentence(problem, get_language() or "th"))


class ObjectForm(Form):
    text = forms.CharField(
        max_length=MAX_TEXT, label=lazy_say("label.central_text"), widget=forms.Textarea
    )


class DecideForm(Form):
    """How an objection is decided. Whether the value can stand is asked by `objections.decide`."""

    outcome = forms.ChoiceField(
        label=lazy_say("label.central_outcome"),
        choices=[
            ("", "–"),
            ("uphold", lazy_say("choice.central_uphold")),
            ("reject", lazy_say("choice.central_reject")),
        ],
    )
    value = DecimalText(
        digits=DIGITS,
        places=PLACES,
        required=False,
        label=lazy_say("label.central_value"),
        help_text=lazy_say("page.central_uphold_help"),
    )
    no_data = forms.CharField(
        max_length=MAX_REASON, required=False, label=lazy_say("label.central_no_data")
    )
    answer = forms.CharField(
        max_length=MAX_TEXT, label=lazy_say("label.central_answer"), widget=forms.Textarea
    )

    def __init__(self, data: Any = None, *, takes_per_cent: bool) -> None:
        super().__init__(data)
        value: Any = self.fields["value"]
        value.share = takes_per_cent

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == "reject":
            self.refuse_unused("outcome", "value", "no_data")
        return data
