"""The day in a page's address (`?on=`), read as strictly as the day of a form."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest

from esar.platform.ui.forms import DayText


class NotADay(BadRequest):
    """What was asked for as a day, and is none of our time; answered with how to write one."""


def day_asked(request: HttpRequest, default: date) -> date:
    """The Gregorian day of `?on=`, or the default where none is. Errors: NotADay."""
    text = request.GET.get("on", "")
    try:
        return DayText(required=False).clean(text) or default
    except forms.ValidationError:
        raise NotADay(text) from None
