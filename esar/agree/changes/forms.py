"""What the browser sent → clean Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from esar.agree.changes.content import fields_of, grounds
from esar.agree.scorecards.content import kpi_content
from esar.agree.scorecards.forms import TargetFields, _label, _text
from esar.agree.scorecards.models import Kpi
from esar.law.rules.book import Rules
from esar.law.rules.numbers import trimmed
from esar.platform.ui.forms import DecimalText, WeightText, lazy_say


def _weights_of(kpis: list[Kpi], but: Kpi) -> list[tuple[str, str]]:
    """The body's other KPIs with their weights: where a weight may be moved from or to."""
    return [
        (one.number, f"{one.number} {one.template.name} ({trimmed(one.weight or Decimal(0)):f})")
        for one in kpis
        if one.number != but.number
        and not one.cancelled
        and not one.template.indicator.is_of_the_rules
    ]


class ChangeForm(TargetFields):
    """A request to change, or cancel, one KPI."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    ground = forms.ChoiceField(widget=forms.RadioSelect)
    achieved = DecimalText(required=False)
    cancels = forms.BooleanField(required=False, help_text=lazy_say("page.cancels_help"))
    name = forms.CharField(max_length=300, required=False, label=lazy_say("label.kpi_name"))
    definition = _text("definition")
    formula = _text("formula")
    weight = WeightText(required=False)
    other = forms.ChoiceField(required=False, help_text=lazy_say("page.other_help"))
    evidence_plan = _text("evidence_plan")
    reason = forms.CharField(widget=forms.Textarea, max_length=4000)
    evidence = forms.CharField(widget=forms.Textarea, max_length=4000)

    MAY = ("name", "definition", "formula", "weight", "evidence_plan")

    def __init__(
        self, *args: Any, rules: Rules, kpi: Kpi, others: list[Kpi], **kwargs: Any
    ) -> None:
        held = kpi_content(kpi)
        super().__init__(*args, initial={name: held[name] for name in self.MAY}, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = [(key, _label(item.label)) for key, item in grounds(rules).items()]
        ground.widget.attrs["class"] = "choices"
        may = fields_of(rules)
        for name in set(self.MAY) - set(may):
            del self.fields[name]
        if "weight" in may:
            other: Any = self.fields["other"]
            other.choices = [("", "–"), *_weights_of(others, kpi)]
        else:
            del self.fields["other"]
        self.add_targets(rules, kpi.targets)
        levels = [f"target_{place + 1}" for place in range(self.levels)]
        texts = ["name", "definition", "formula", "weight", "other"]
        self.order_fields(["ground", "achieved", *texts, *levels, "cancels", "evidence_plan"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["targets"] = self.targets()
        return data
