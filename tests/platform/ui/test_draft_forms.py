"""A draft's form after a conflict: what was typed stands in its fields as it was typed."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from esar.kernel.problems import Problem
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.lifecycle.forms import DraftForm

KPIS = [("1.1", "1.1"), ("1.2", "1.2"), ("1.3", "1.3")]


class Appeal(DraftForm):
    text = forms.CharField(label="x", widget=forms.Textarea)
    kpis = forms.MultipleChoiceField(label="x", choices=KPIS)


def test_after_a_conflict_the_fields_hold_what_was_typed_and_the_mark_of_what_is_there() -> None:
    form = Appeal(QueryDict("seen=old&text=water&kpis=1.1&kpis=1.3"))
    assert form.is_valid()
    conflict = Problem("appeal.changed_meanwhile", {"by": "ก", "at": None})
    form.show_refusal(Conflict(conflict, {"text": "fire", "kpis": ["1.1"]}, "new"))

    values = {name: form[name].value() for name in form.fields}
    assert values == {"seen": "new", "text": "water", "kpis": ["1.1", "1.3"]}
