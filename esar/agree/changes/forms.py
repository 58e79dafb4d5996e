"""What the browser sent → clean Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language

from esar.agree.changes.achieved import is_measured, newest, words_of
from esar.agree.changes.content import MAY_BE_EMPTY, TEXTS, fields_of, grounds, problems_of
from esar.agree.changes.frozen import KnownFigure
from esar.agree.scorecards.content import kpi_content
from esar.agree.scorecards.forms import (
    BESIDE_TARGETS,
    RoundFields,
    TargetFields,
    label_of,
    text_field,
)
from esar.agree.scorecards.item_fields import ItemFields
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.problems import Problem
from esar.kernel.wording import is_per_cent
from esar.law.rules.book import Rules
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import DayText, DecimalText, Form, WeightText, lazy_say


def _weights_of(kpis: list[Kpi], but: Kpi) -> list[tuple[str, str]]:
    """The body's other KPIs with their weights: where a weight may be moved from or to."""
    return [
        (one.number, f"{one.number} {one.template.name} ({trimmed(one.weight or Decimal(0)):f})")
        for one in kpis
        if one.number != but.number
        and not one.cancelled
        and not one.template.indicator.is_of_the_rules
    ]


class TellForm(Form):
    """By what letter, and when, a committee told OPDC what it decided."""

    told_on = DayText()
    told_letter = forms.CharField(max_length=100)

    @property
    def notice(self) -> dict[str, Any]:
        """What the move takes: nothing where it was not filled in as it must be."""
        data = self.cleaned_data
        return {"day": data.get("told_on"), "letter": data.get("told_letter", "").strip()}


class ChangeForm(TargetFields, RoundFields, ItemFields, DraftForm):
    """A request to change, or cancel, one KPI."""

    ground = forms.ChoiceField(widget=forms.RadioSelect)
    achieved = DecimalText(required=False)
    achieved_why = forms.CharField(widget=forms.Textarea, max_length=2000, required=False)
    cancels = forms.BooleanField(required=False, help_text=lazy_say("page.cancels_help"))
    name = forms.CharField(max_length=300, required=False, label=lazy_say("label.kpi_name"))
    definition = text_field("definition")
    formula = text_field("formula")
    scope = text_field("scope")
    conditions = text_field("conditions")
    data_source = text_field("data_source")
    collection = text_field("collection")
    weight = WeightText(required=False)
    other = forms.ChoiceField(required=False, help_text=lazy_say("page.other_help"))
    evidence_plan = text_field("evidence_plan")
    reason = forms.CharField(widget=forms.Textarea, max_length=4000)
    evidence = forms.CharField(widget=forms.Textarea, max_length=4000)

    MAY = (*TEXTS, "weight", "evidence_plan")
    beside: ClassVar = {
        "change.no_reason": "reason",
        "change.no_evidence": "evidence",
        "change.no_ground": "ground",
        "change.ground_of_another_kind": "ground",
        "change.no_achieved": "achieved",
        "change.achieved_differs": "achieved",
        "change.target_is_achieved": "target_1",
        "change.no_other": "other",
        "change.other_has_too_little": "other",
        "score.weight": "weight",
        **BESIDE_TARGETS,
    }

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        kpi: Kpi,
        kpis: list[Kpi],
        figures: list[KnownFigure],
        **kwargs: Any,
    ) -> None:
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
        self.add_rounds(rules, kpi.rounds, kpi.template.unit)
        items = kpi.items if "targets" in may else []
        self.add_items(rules, items, kpi.template.unit, get_language() or "th", may_name=False)
        if not is_measured(kpi) or "targets" not in may:
            self.leave_rounds_out()
        if kpi.items:
            self.leave_targets_out()
        self._ask_what_is_achieved(kpi, figures)
        levels = [*self.target_names, *self.item_names, *self.round_names]
        texts = [*TEXTS, "weight", "other"]
        self.order_fields(
            ["ground", "achieved", "achieved_why", *levels, *texts, "evidence_plan", "cancels"]
        )

    def _ask_what_is_achieved(self, kpi: Kpi, figures: list[KnownFigure]) -> None:
        """Filled in from the newest figure, with all that is known beside it."""
        achieved: Any = self.fields["achieved"]
        achieved.share = is_per_cent(kpi.template.unit)
        if not is_measured(kpi):
            del self.fields["achieved"], self.fields["achieved_why"]
            self.show_known(
                {
                    one.item: lazy_say("page.achieved_known", (("known", (words_of(one),)),))
                    for one in newest(figures)
                }
            )
        elif figures:
            words = tuple(map(words_of, figures))
            achieved.initial = f"{trimmed(figures[-1].figure):f}"
            achieved.help_text = lazy_say("page.achieved_known", (("known", words),))

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        details = {name: text for name, text in sent.items() if name in self._sent_or_needed}
        data = {"achieved": None, "achieved_why": ""} | details
        if data.get("cancels"):  # nothing of the KPI is to be anything else
            levels = [*self.target_names, *self.round_names, *self.item_names]
            self.refuse_beside("cancels", "other", *self.MAY, *levels)
            return data | {"targets": []}
        data["targets"] = self.targets()
        if self.rounds_of_year:
            data["rounds"] = self.rounds()
        if self.agreed_items:
            data["items"] = self.items()
        self._require_what_stood_there()
        return data

    def _require_what_stood_there(self) -> None:
        """A KPI cannot be without a name, a weight or levels that it had."""
        for name in ("name", "weight", *self.target_names):
            if name in self.fields and name not in self.errors and not self._is_as_empty(name):
                self.add_error(name, lazy_say("form.required"))

    @property
    def _sent_or_needed(self) -> set[str]:
        """The fields, without details that were not sent: they are as they were, not emptied."""
        return {name for name in self.fields if name not in MAY_BE_EMPTY or name in self.data}

    def _is_as_empty(self, name: str) -> bool:
        """Whether a field is filled in, or was empty before."""
        field, value = self.fields[name], self.cleaned_data.get(name)
        was_empty = self.get_initial_for_field(field, name) in field.empty_values
        return was_empty or value not in field.empty_values or name not in self.data

    def also_wrong(self, scorecard: Scorecard, kpi: Kpi) -> list[Problem]:
        """What the rules of a change refuse of what could be read of the form."""
        blanks = {"ground": "", "reason": "", "evidence": "", "cancels": False}
        problems = problems_of(scorecard, kpi, {**blanks, **self.cleaned_data})
        levels = {*self.target_names, *self.round_names, *self.item_names}
        unread = ({*self.MAY} | levels) & self.errors.keys()
        return [one for one in problems if not unread or one.code != "change.nothing_new"]
