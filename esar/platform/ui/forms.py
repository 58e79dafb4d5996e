"""Forms that speak Thai and English: labels and errors are sentences of `esar.kernel.wording`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language

from esar.exchange.files.listing import SUFFIXES
from esar.exchange.files.opening import MAX_BYTES
from esar.kernel import spelling
from esar.kernel.figures import (
    MAX_DIGITS,
    Unreadable,
    plainly,
    read_figure,
    read_share,
    shortened,
)
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence, say
from esar.law.rules.numbers import trimmed


def _say(code: str, figures: tuple[tuple[str, object], ...] = ()) -> str:
    return say(code, dict(figures), get_language() or "th")


lazy_say = lazy(_say, str)
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_MOMENT = re.compile(rf"{_DAY.pattern}[T ][0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})?")
SENTENCES = {  # of what is wrong with a field, by Django's code
    "required": "form.required",
    "invalid": "form.invalid",
    "invalid_choice": "form.invalid_choice",
    "invalid_list": "form.invalid_choice",
}
# A cell of a file may be left empty for what is not reported; a field says itself whether it may.
IN_A_FORM = {"file.not_a_number": "form.not_a_number"}
MARKLESS = ("required", "invalid", "min_value")


class DecimalText(forms.CharField):
    """An exact decimal typed by a person, read as `esar.kernel.figures` reads all figures.

    `share` is for what is counted per cent: it may carry the sign. Once it can be read, the field
    shows the figure as it is kept.
    """

    def __init__(
        self, *, digits: int = 19, places: int = 4, share: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        self.digits, self.places, self.share = digits, places, share
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num-input"}

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        if spelling.is_blank(text):
            return None
        if not self.share and plainly(text).endswith("%"):
            raise forms.ValidationError(_say("form.no_per_cent", (("value", shortened(text)),)))
        try:
            number = self._read(text)
        except Unreadable as unreadable:
            figures = tuple(unreadable.figures.items())
            code = IN_A_FORM.get(unreadable.code, unreadable.code)
            raise forms.ValidationError(_say(code, figures)) from None
        short = trimmed(number)
        exponent = short.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        if places > self.places or short.adjusted() >= self.digits - self.places:
            figures = (("value", shortened(text)), ("places", self.places))
            raise forms.ValidationError(_say("form.too_many_decimals", figures))
        return short if len(f"{number:f}") > MAX_DIGITS else number

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: the figure that is kept, or what was typed if it is none."""
        if isinstance(value, Decimal):
            return f"{trimmed(value):f}"
        try:
            return f"{self._read(str(value)):f}" if value else value
        except Unreadable:
            return value

    def _read(self, text: str) -> Decimal:
        return read_share(text) if self.share else read_figure(text)


class WeightText(DecimalText):
    """A weight in per cent of the whole: more than 0, at most 100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(digits=7, places=4, share=True, **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and not 0 < number <= 100:
            raise forms.ValidationError(_say("form.weight_out_of_range", (("value", value),)))
        return number


class CountText(DecimalText):
    """A whole number from 0, typed by a person: votes, people, pieces."""

    def __init__(self, *, most: int = 99999, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and (number != int(number) or not 0 <= number <= self.most):
            raise forms.ValidationError(
                _say("form.count_out_of_range", (("value", value), ("most", self.most)))
            )
        return None if number is None else int(number)


class DayText(forms.DateField):
    """A Gregorian day from the browser's own date field; a Buddhist year gets a hint.

    Written in one way, alike in both languages: 5/10/2024 is October to one and May to another.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", lazy_say("form.day_help"))
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        text = plainly(value) if isinstance(value, str) else value
        if isinstance(text, str) and text and not _DAY.fullmatch(text):
            raise forms.ValidationError(_say("form.day_unreadable", (("value", shortened(value)),)))
        try:
            day: date | None = super().to_python(text)
        except forms.ValidationError:
            figures = (("value", shortened(str(value))),)
            raise forms.ValidationError(_say("file.no_such_day", figures)) from None
        return day

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 1900 <= day.year < 2400:
            raise forms.ValidationError(_say("form.buddhist_year", (("value", value),)))
        return day


class MomentText(forms.DateTimeField):
    """A Gregorian day and a time from the browser's own field, as strict as a day is."""

    def __init__(self, **options: Any) -> None:
        form = "%Y-%m-%dT%H:%M"
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=form)
        super().__init__(widget=widget, input_formats=[form, f"{form}:%S"], **options)

    def to_python(self, value: Any) -> datetime | None:
        text = plainly(value) if isinstance(value, str) else value
        if isinstance(text, str) and text and not _MOMENT.fullmatch(text):
            raise self._unreadable(value)
        try:
            moment: datetime | None = super().to_python(text)
        except forms.ValidationError:
            raise self._unreadable(value) from None
        return moment

    def _unreadable(self, value: Any) -> forms.ValidationError:
        figures = (("value", shortened(str(value))),)
        return forms.ValidationError(_say("form.moment_unreadable", figures))

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment is not None and not 1900 <= moment.year < 2400:
            raise forms.ValidationError(_say("form.buddhist_year", (("value", value),)))
        return moment


def _speak_our_words(field: forms.Field) -> None:
    """Where a field says nothing of its own, our sentence takes the place of Django's."""
    for code, sentence in SENTENCES.items():
        messages = [vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__]
        defaults = [texts[code] for texts in messages if code in texts]
        if defaults and field.error_messages[code] == defaults[0]:
            field.error_messages[code] = lazy_say(sentence)


class Form(forms.Form):
    """A form whose labels are sentences and whose refusals stand beside the fields.

    `beside` has the field that a refusal of an action is told at, by how its code begins.
    """

    beside: ClassVar[Mapping[str, str]] = {}
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.there: list[str] = []  # addresses of what an action refused to begin once more
        self.elsewhere: Mapping[str, str] = {}  # fields that stand on another page → its address
        for name, field in self.fields.items():
            widget = field.widget
            if widget.is_hidden:  # a page's mark: without it nothing can be saved over it
                field.label = field.label or ""
                field.error_messages |= dict.fromkeys(MARKLESS, lazy_say("draft.no_mark"))
                continue
            if field.label is None:
                field.label = lazy_say(f"label.{name}")
            if isinstance(widget, forms.RadioSelect):  # and boxes to tick: see .choices
                widget.attrs["class"] = "choices"
            if isinstance(widget, forms.Textarea):
                widget.attrs.setdefault("rows", 3)

    def __getitem__(self, name: str) -> forms.BoundField:
        """A field as it is shown: without the limit at which a browser cuts a paste, unsaid."""
        if name in self.fields:
            self.fields[name].widget.attrs.pop("maxlength", None)
        return super().__getitem__(name)

    def figures(self) -> dict[str, str]:
        """What is kept of each figure that was typed, as its field shows it."""
        return {
            name: str(self[name].value() or "")
            for name, field in self.fields.items()
            if isinstance(field, DecimalText)
        }

    def told_errors(self) -> list[str]:
        """All that is wrong, each with its field's label, for a page that says it in a line."""
        sentences = []
        for name, errors in self.errors.items():
            is_seen = name in self.fields and not self[name].is_hidden
            where = f"{self[name].label}: " if is_seen else ""
            sentences += [f"{where}{error}" for error in errors]
        return sentences

    def refuse_unused(self, choice: str, *names: str) -> None:
        """A result that was typed beside a choice that has no place for it: which of the two?

        `choice` names the field chosen in, `names` the results. What stood in a field before is
        no contradiction: it is what the choice takes away.
        """
        words = dict(self.fields[choice].choices)[self.cleaned_data[choice]]  # type: ignore[attr-defined]
        self._refuse_unused(str(words), *names)

    def refuse_beside(self, tick: str, *names: str) -> None:
        """The same beside a box that is ticked."""
        self._refuse_unused(str(self.fields[tick].label), *names)

    def _refuse_unused(self, words: str, *names: str) -> None:
        for name in names:
            if name in self.fields and name not in self.errors and self._is_new(name):
                self.add_error(name, _say("form.unused", (("choice", words),)))

    def _is_new(self, name: str) -> bool:
        """Whether a field holds something that did not stand there before."""
        field, value = self.fields[name], self.cleaned_data.get(name)
        if value in field.empty_values:
            return False
        return bool(value != field.clean(self.get_initial_for_field(field, name)))

    def full_clean(self) -> None:
        """Our words in the reader's language for what is wrong, of fields added later too."""
        for field in self.fields.values():
            _speak_our_words(field)
            if isinstance(field, forms.CharField) and field.max_length is not None:
                figures = (("most", field.max_length),)
                field.error_messages["max_length"] = lazy_say("form.too_long", figures)
        super().full_clean()

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """What was typed, in the one normal form of text; a line's end counts as one letter.

        What has one line to type in is kept in one line, whatever was pasted.
        """
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        if not isinstance(value, str) or isinstance(widget, forms.PasswordInput):
            return value
        text = spelling.normal(value)
        return text if isinstance(widget, forms.Textarea) else text.replace("\n", " ")

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Show an action's problems: each beside its field, or at the top of the form.

        A field that could not be read is told that: what an action says of it rests on nothing.
        """
        from esar.kernel.wording import problem_words

        unread = set(self.errors)
        for problem in problems:
            self.there += [problem.there] if problem.there else []
            field = self._field_of(problem)
            if field is None or field not in unread:
                self.add_error(field, problem_words(problem, get_language() or "th"))

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """What an action refuses in here is told on the form, which keeps what was typed."""
        try:
            yield
        except Refused as refused:
            self.show_refusal(refused)

    def show_refusal(self, refused: Refused) -> None:
        """Tell why; a draft's form also shows what is there now."""
        self.refuse(refused.problems)

    def _field_of(self, problem: Problem) -> str | None:
        """The field that a problem is of; None where it is of the whole."""
        starts = [start for start in self.beside if problem.code.startswith(start)]
        field = self.beside[max(starts, key=len)] if starts else ""
        return field if field in self.fields else None


class ListFileForm(Form):
    """A file that lists things, a row for each; what is in it is asked by who takes it in."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of a valid form's file. Errors: Refused, too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise Refused([Problem("file.too_large", {"most": MAX_BYTES // 1_000_000})])
        return file.read(), file.name

    def refuse(self, problems: Iterable[Problem]) -> None:
        """With the place in the file, which the page does not show otherwise."""
        for problem in problems:
            self.add_error(None, problem_sentence(problem, get_language() or "th"))
