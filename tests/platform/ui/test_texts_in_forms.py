"""Texts that people type come in one normal form, and one that is too long is told in words."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from esar.platform.ui.forms import Form


class Narrative(Form):
    text = forms.CharField(label="x", max_length=10, widget=forms.Textarea)
    secret = forms.CharField(label="x", required=False, widget=forms.PasswordInput)


class Name(Form):
    name = forms.CharField(label="x", max_length=20)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("12345\r\n789", "12345\n789"),
        ("1234\r\n\r\n78", "1234\n\n78"),  # 8 letters, not 10
        ("น้\u0e4d\u0e32เเละ", "น้ำและ"),
        ("88\u200b\u00a0%", "88 %"),
    ],
)
def test_a_text_is_in_its_normal_form(typed: str, text: str) -> None:
    form = Narrative({"text": typed})

    assert form.is_valid()
    assert form.cleaned_data["text"] == text


@pytest.mark.parametrize("typed", ["ลดคดี\x0bอาญา", "ลดคดี\r\nอาญา", "ลดคดี\u2028\x07อาญา"])
def test_what_has_one_line_is_kept_in_one_line(typed: str) -> None:
    form = Name({"name": typed})

    assert form.is_valid()
    assert form.cleaned_data["name"] == "ลดคดี อาญา"


def test_a_line_end_counts_once() -> None:
    assert Narrative({"text": "1234\r\n6789\n"}).is_valid()
    assert Narrative({"text": "1\r\n" * 5}).is_valid()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("th", "ข้อความยาวเกิน 10 ตัวอักษร โปรดย่อให้สั้นลง"),
        ("en", "The text is longer than 10 letters. Shorten it."),
    ],
)
def test_a_text_that_is_too_long_is_told_in_the_readers_language(
    language: str, sentence: str
) -> None:
    with translation.override(language):
        assert Narrative({"text": "ก" * 11}).errors["text"] == [sentence]


def test_a_password_stays_as_it_was_typed() -> None:
    form = Narrative({"text": "x", "secret": "เเ\u00a0"})

    assert form.is_valid()
    assert form.cleaned_data["secret"] == "เเ"


def test_a_field_that_is_added_later_tells_what_is_wrong_in_our_words() -> None:
    form = Name({"name": "ก", "found": "x", "steps": ["x"], "why": ""})
    choices = [("yes", "yes")]
    form.fields["found"] = forms.ChoiceField(label="x", choices=choices)
    form.fields["again"] = forms.ChoiceField(label="x", choices=choices)
    form.fields["steps"] = forms.MultipleChoiceField(label="x", choices=choices)
    form.fields["why"] = forms.CharField(label="x", error_messages={"required": "เพราะเหตุใด"})
    with translation.override("th"):
        errors = {name: list(sentences) for name, sentences in form.errors.items()}

    assert errors == {
        "found": ["โปรดเลือกจากรายการ"],
        "again": ["โปรดกรอกช่องนี้"],
        "steps": ["โปรดเลือกจากรายการ"],
        "why": ["เพราะเหตุใด"],
    }
