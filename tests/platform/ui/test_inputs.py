"""Inputs are what Django's own templates make of them, letter by letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils import translation
from django.utils.safestring import SafeString

from esar.platform.ui.forms import lazy_say
from esar.platform.ui.inputs import DRAWN, FormRenderer

CHOICES = [
    ("", "–"),
    (1, lazy_say("page.all")),
    ("<2>", "หนึ่ง & <สอง>"),
    ("safe", SafeString("<b>")),
    (None, 2567),
    (Decimal("1.50"), date(2024, 4, 30)),
    ("กลุ่ม <ก>", [("3", "สาม"), ("4", "สี่")]),
]
ATTRS = {
    "id": "id_x",
    "class": 'a "b"',
    "required": True,
    "disabled": False,
    "rows": 3,
    "data-<": 1,
}
VALUES = (
    None,
    "",
    "ข้อ <1> & 'สอง'",
    SafeString("<b>"),
    0,
    Decimal("1.50"),
    date(2024, 4, 30),
    True,
)
WIDGETS: tuple[forms.Widget, ...] = (
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.DateInput(),
    forms.TimeInput(),
    forms.FileInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.ClearableFileInput(),
    forms.MultipleHiddenInput(),
)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_an_input_is_drawn_as_the_template_draws_it(widget: forms.Widget) -> None:
    for language in ("th", "en"):
        for value in VALUES:
            for attrs in ({}, ATTRS):
                with translation.override(language):
                    given = [value] if isinstance(widget, forms.MultipleHiddenInput) else value
                    of: dict[str, Any] = {"name": "ชื่อ <x>", "value": given, "attrs": attrs}
                    assert widget.render(**of, renderer=FormRenderer()) == widget.render(
                        **of, renderer=DjangoTemplates()
                    )


def test_an_option_with_a_template_of_its_own_is_given_to_its_template() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    widget = Own(choices=CHOICES)

    html = widget.render("x", "3", renderer=FormRenderer())
    assert html == widget.render("x", "3", renderer=DjangoTemplates())
    assert '<label><input type="select" name="x" value="3"' in " ".join(html.split())


def test_the_forms_of_the_house_draw_their_inputs_without_templates(monkeypatch: Any) -> None:
    def no_template(*_asked: object) -> None:
        raise AssertionError("a template was read")

    renderer = get_default_renderer()
    assert isinstance(renderer, FormRenderer)
    monkeypatch.setattr(renderer, "get_template", no_template)

    assert len(DRAWN) == 16
    for widget in WIDGETS[:13]:
        assert widget.render("x", "1").startswith(("<input", "<textarea", "<select"))
