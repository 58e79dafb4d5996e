"""Forms that speak Thai and English: labels and errors are sentences of `esar.kernel.wording`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language

from esar.kernel.problems import Problem
from esar.kernel.wording import say

PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _say(code: str, figures: tuple[tuple[str, object], ...] = ()) -> str:
    return say(code, dict(figures), get_language() or "th")


lazy_say = lazy(_say, str)


def western(text: str) -> str:
    """Arabic digits, no thousands separators: what a person types where a number is meant."""
    return text.translate(_DIGITS).replace(",", "").strip()


class DecimalText(forms.CharField):
    """An exact decimal typed by a person; Thai digits and separators are understood."""

    def __init__(self, *, digits: int = 15, places: int = 4, **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.digits, self.places = digits, places
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num-input"}

    def clean(self, value: Any) -> Any:
        text = western(str(super().clean(value) or ""))
        if not text:
            return None
        if not PLAIN.fullmatch(text):  # neither 1e5 nor NaN is a figure that a person types
            raise forms.ValidationError(_say("form.not_a_number", (("value", value),)))
        number = Decimal(text)
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int):
            raise forms.ValidationError(_say("form.not_a_number", (("value", value),)))
        whole = max(len(number.as_tuple().digits) + exponent, 0)  # digits before the point
        if -exponent > self.places or whole > self.digits - self.places:
            figures = (("value", value), ("places", self.places))
            raise forms.ValidationError(_say("form.too_many_decimals", figures))
        return number


class WeightText(DecimalText):
    """A weight in per cent of the whole: more than 0, at most 100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(digits=7, places=4, **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and not 0 < number <= 100:
            raise forms.ValidationError(_say("form.weight_out_of_range", (("value", value),)))
        return number


class DayText(forms.DateField):
    """A Gregorian day from the browser's own date field; a Buddhist year gets a hint."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", lazy_say("form.day_help"))
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 1900 <= day.year < 2400:
            raise forms.ValidationError(_say("form.buddhist_year", (("value", value),)))
        return day


class Form(forms.Form):
    """A form whose labels are sentences and whose refusals stand beside the fields."""

    error_css_class = "is-invalid"
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, field in self.fields.items():
            if field.label is None:
                field.label = lazy_say(f"label.{name}")
            widget = field.widget
            kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
            if isinstance(widget, forms.CheckboxInput):
                kind = "form-check-input"
            widget.attrs["class"] = f"{widget.attrs.get('class', '')} {kind}".strip()
            if isinstance(widget, forms.RadioSelect):  # and boxes to tick: see .choices
                widget.attrs["class"] = "choices"
            if isinstance(widget, forms.Textarea):
                widget.attrs.setdefault("rows", 3)
            field.error_messages["required"] = lazy_say("form.required")
            if not isinstance(field, forms.RegexField):
                field.error_messages["invalid"] = lazy_say("form.invalid")
            field.error_messages["invalid_choice"] = lazy_say("form.invalid_choice")

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Show an action's problems at the top of the form."""
        from esar.kernel.wording import problem_words

        for problem in problems:
            self.add_error(None, problem_words(problem, get_language() or "th"))
