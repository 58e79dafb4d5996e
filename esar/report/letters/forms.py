"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.exchange.files.opening import decoded, is_workbook
from esar.kernel.problems import Place, Problem, Refused
from esar.kernel.wording import problem_sentence, say
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import DayText, Form, lazy_say
from esar.report.letters import offices
from esar.report.letters.states import Speed

MAX_TEXT = 20_000
MAX_LIST = 200_000
MAX_BYTES = 1_000_000


def _line(name: str, most: int) -> forms.CharField:
    return forms.CharField(max_length=most, required=False, label=lazy_say(f"label.letter_{name}"))


class OneLine(forms.CharField):
    """A text that is long for one line, and shown in two; what is typed on several is one."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


def _lines(name: str, most: int = 2000, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        max_length=most,
        required=False,
        label=lazy_say(f"label.letter_{name}"),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


# What stands printed before each of these, by its code.
PRINTED_BEFORE = {
    "number": "page.letter_number",
    "subject": "label.letter_subject",
    "to": "label.letter_to",
    "refers": "label.letter_refers",
    "enclosed": "label.letter_enclosed",
}


class LetterForm(Form):
    """A letter, half-finished or not; what must be there to send it is asked by `actions.move`."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    speed = forms.ChoiceField(
        label=lazy_say("label.letter_speed"),
        choices=[(one, lazy_say(f"letter-speed.{one}")) for one in Speed.values],
    )
    number = _line("number", 100)
    office = _lines("office")
    dated = DayText(required=False, label=lazy_say("label.letter_dated"))
    subject = OneLine(max_length=500, label=lazy_say("label.letter_subject"))
    to = OneLine(max_length=500, required=False, label=lazy_say("label.letter_to"))
    refers = _lines("refers")
    enclosed = _lines("enclosed")
    text = _lines("text", MAX_TEXT, 12)
    signer = _line("signer", 200)
    post = _line("post", 200)
    contact = _lines("contact", rows=4)

    def clean(self) -> dict[str, Any]:
        """What is printed before a line is not kept in it too, or it would stand there twice."""
        data = super().clean() or self.cleaned_data
        for name, code in PRINTED_BEFORE.items():
            heading, blank, words = str(data.get(name) or "").partition(" ")
            if blank and heading == say(code, {}, "th"):
                data[name] = words.lstrip()
        return data


class NewForm(LetterForm):
    """A new letter: whose it is too, for one who may write for several."""

    sender = forms.ChoiceField(label=lazy_say("label.letter_sender"))
    field_order = ("sender",)

    def __init__(self, *args: Any, senders: Iterable[Body | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sender"]
        field.choices = [
            (one.code, one.name_th) if one else ("", lazy_say("page.letter_opdc"))
            for one in senders
        ]
        field.required = "" not in dict(field.choices)
        if len(field.choices) == 1:
            field.initial, field.widget = field.choices[0][0], forms.HiddenInput()


class OfficesForm(Form):
    """Offices that have no account: a list that is pasted, or a CSV file of it."""

    text = forms.CharField(
        max_length=MAX_LIST,
        required=False,
        label=lazy_say("label.letter_offices"),
        help_text=lazy_say("page.letter_offices_help"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        required=False,
        label=lazy_say("label.letter_offices_file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def offices(self) -> list[offices.Office]:
        """Errors: Refused with every row's problems."""
        sent = self.cleaned_data["file"]
        if sent is None:
            return offices.read(self.cleaned_data["text"])
        place = Place(file=sent.name)
        if sent.size > MAX_BYTES:
            problem = Problem("file.too_large", {"most": MAX_BYTES // 1_000_000}, place)
            raise Refused([problem])
        data = sent.read()
        if is_workbook(data):
            raise Refused([Problem("letter.list_is_workbook", {}, place)])
        return offices.read(decoded(data, place), sent.name)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """With the place in the list, which the page does not show otherwise."""
        for problem in problems:
            self.add_error(None, problem_sentence(problem, get_language() or "th"))


class ReceiverForm(Form):
    """Who received it."""

    receiver = forms.CharField(
        max_length=200,
        label=lazy_say("label.receiver"),
        help_text=lazy_say("page.letter_receiver_help"),
    )


class PaperForm(ReceiverForm):
    """Who received it on paper, and when."""

    day = DayText(label=lazy_say("label.received_on"))
