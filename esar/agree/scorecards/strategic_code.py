"""Fields in which a KPI names what it comes from: looked up by code or name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from esar.kernel import spelling
from esar.platform.ui.forms import lazy_say

NAME, LINK = "strategic_kpi", "strategic_link"


class CodesInput(forms.TextInput):
    """A line of text with what may be chosen; the browser looks it up by code and by name."""

    choices: Mapping[str, str] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{name}-choices"
        line = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.choices.items())
        return format_html('{}<datalist id="{}">{}</datalist>', line, list_id, options)


class PickedCode(forms.CharField):
    """The code of one of some things, typed as a code, as a name, or as both after each other."""

    widget = CodesInput

    def to_python(self, value: Any) -> str:
        typed = spelling.normal(str(super().to_python(value) or ""))
        for code, name in self.widget.choices.items():
            names = (code, name, f"{code} {name}")
            if spelling.key(typed) in map(spelling.key, names):
                return code
        return typed


def offer(form: Any, choices: Mapping[str, str], stored: str) -> None:
    """Offer these in a form; where there are none and nothing was named, it asks nothing."""
    if not choices and not stored:
        del form.fields[NAME], form.fields[LINK]
        return
    field = form.fields[NAME]
    field.widget.choices = choices
    field.help_text = lazy_say("page.strategic_code_help")
