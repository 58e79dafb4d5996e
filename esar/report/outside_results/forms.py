"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import DecimalText, lazy_say
from esar.report.outside_results.actions import mark, text_of
from esar.report.outside_results.checks import MAX_REMARK
from esar.report.outside_results.models import OutsideResult


class OutsideResultForm(DraftForm):
    """What came of a sub-indicator at a body: a figure, or what its own evaluation says."""

    beside: ClassVar[Mapping[str, str]] = {"outside.says_nothing": "value"}
    value = DecimalText(required=False)
    remark = forms.CharField(
        max_length=MAX_REMARK,
        required=False,
        label=lazy_say("label.outside_remark"),
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, result: OutsideResult | None, unit: str) -> None:
        super().__init__(*args, initial={**text_of(result), "seen": mark(result)})
        self.fields["value"].label = lazy_say("label.outside_value", (("unit", unit),))
