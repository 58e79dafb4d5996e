"""What the browser sent → clean Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from esar.agree.changes.content import fields_of, grounds
from esar.agree.scorecards.content import kpi_content
from esar.agree.scorecards.forms import TargetFields, label_of, text_field
from esar.agree.scorecards.models import Kpi
from esar.kernel.wording import is_per_cent
from esar.law.rules.book import Rules
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.forms import DraftForm
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


class ChangeForm(TargetFields, DraftForm):
    """A request to change, or cancel, one KPI."""

    ground = forms.ChoiceField(widget=forms.RadioSelect)
    achieved = DecimalText(required=False)
    cancels = forms.BooleanField(required=False, help_text=lazy_say("page.cancels_help"))
    name = forms.CharField(max_length=300, required=False, label=lazy_say("label.kpi_name"))
    definition = text_field("definition")
    formula = text_field("formula")
    weight = WeightText(required=False)
    other = forms.ChoiceField(required=False, help_text=lazy_say("page.other_help"))
    evidence_plan = text_field("evidence_plan")
    reason = forms.CharField(widget=forms.Textarea, max_length=4000)
    evidence = forms.CharField(widget=forms.Textarea, max_length=4000)

    MAY = ("name", "definition", "formula", "weight", "evidence_plan")

    def __init__(self, *args: Any, rules: Rules, kpi: Kpi, kpis: list[Kpi], **kwargs: Any) -> None:
        kpi_texts = kpi_content(kpi)
        super().__init__(*args, initial={name: kpi_texts[name] for name in self.MAY}, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = [(key, label_of(item.label)) for key, item in grounds(rules).items()]
        ground.widget.attrs["class"] = "choices"
        may = fields_of(rules)
        for name in set(self.MAY) - set(may):
            del self.fields[name]
        if "weight" in may:
            partner: Any = self.fields["other"]
            partner.choices = [("", "–"), *_weights_of(kpis, kpi)]
        else:
            del self.fields["other"]
        self.add_targets(rules, kpi.targets, kpi.template.unit)
        achieved: Any = self.fields["achieved"]
        achieved.share = is_per_cent(kpi.template.unit)
        levels = [f"target_{place + 1}" for place in range(self.levels)]
        texts = ["name", "definition", "formula", "weight", "other"]
        self.order_fields(["ground", "achieved", *texts, *levels, "cancels", "evidence_plan"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["targets"] = self.targets()
        return data
