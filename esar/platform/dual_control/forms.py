"""What the browser sent → clean Python."""

from __future__ import annotations

from django import forms

from esar.platform.dual_control.models import DualAct
from esar.platform.ui.forms import DayText, Form, lazy_say


class DualForm(Form):
    """What two are to do, and why; with which day, where a role ends."""

    kind = forms.ChoiceField(
        label=lazy_say("label.dual_kind"),
        widget=forms.RadioSelect,
        choices=[(kind, lazy_say(f"dual-kind.{kind}")) for kind in DualAct.Kind.values],
    )
    reason = forms.CharField(max_length=500)
    last_day = DayText(required=False, help_text=lazy_say("page.dual_last_day_help"))
