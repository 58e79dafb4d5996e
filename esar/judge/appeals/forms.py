"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.item_fields import result_fields, results_typed
from esar.judge.appeals.life import AppealText, texts_of
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.queries import Lost
from esar.judge.appeals.states import Vote
from esar.judge.assessments.forms import Steps, steps_field
from esar.judge.assessments.levels import Layers
from esar.judge.assessments.validation import IN_STEPS
from esar.judge.results.facts import outcomes_of
from esar.kernel.wording import is_per_cent, say
from esar.law.rules.kinds import Appeal as AppealRule
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.organisations.models import Person
from esar.platform.ui.forms import DecimalText, Form, lazy_say

CHOICES = {"class": "choices"}
SAME = "same"  # the KPI's result stays


def _as_choices(form: Form, *names: str) -> None:
    """Radios and boxes look like themselves, not like fields to type in."""
    for name in names:
        form.fields[name].widget.attrs["class"] = CHOICES["class"]


def _language() -> str:
    return get_language() or "th"


def kpi_label(kpi: Lost) -> str:
    """A KPI with what it lost, for those who choose which to appeal."""
    name = f"{kpi.number} {kpi.name}"
    if kpi.lost is None or kpi.weight is None:
        return f"{name} · {say(f'status.{kpi.status}', {}, _language())}"
    if kpi.lost <= 0:
        return f"{name} · {say('appeal.nothing_lost', {}, _language())}"
    figures = {"lost": trimmed(kpi.lost), "weight": trimmed(kpi.weight)}
    return f"{name} · {say('page.lost_of', figures, _language())}"


class AppealForm(DraftForm):
    """On which ground, about which KPIs, and why."""

    ground = forms.ChoiceField(
        label=lazy_say("appeal.ground"), widget=forms.RadioSelect(attrs=CHOICES)
    )
    appealed = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple(attrs=CHOICES))
    appeal_text = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(
        self, data: Any, *, rule: AppealRule, kpis: Sequence[Lost], appeal: Appeal | None = None
    ) -> None:
        initial = None
        if appeal is not None:
            initial = texts_of(appeal) | {"seen": mark_of(texts_of(appeal))}
        super().__init__(data, initial=initial)
        ground: Any = self.fields["ground"]
        ground.choices = [(one.id, one.label.say(_language())) for one in rule.grounds]
        appealed: Any = self.fields["appealed"]
        appealed.choices = [(kpi.number, kpi_label(kpi)) for kpi in kpis]
        self.fields["appeal_text"].help_text = lazy_say("appeal.text_help")
        _as_choices(self, "ground", "appealed")

    def text(self) -> AppealText:
        data = self.cleaned_data
        return AppealText(data["ground"], data["appealed"], data["appeal_text"])


class PanelForm(Form):
    """Who sits, the chair first: one choice for each seat, among those who may."""

    beside: ClassVar[Mapping[str, str]] = {"form.no_reason": "reason"}

    def __init__(
        self, data: Any, *, many: int, people: Sequence[Person], seats: Sequence[PanelSeat]
    ) -> None:
        initial = {f"seat-{seat.place}": seat.person_id for seat in seats}
        super().__init__(data, initial=initial)
        self.people = {one.pk: one for one in people}
        choices = [("", "–"), *((one.pk, _named(one)) for one in people)]
        for place in range(1, many + 1):
            code = "appeal.chair" if place == 1 else "appeal.seat"
            self.fields[f"seat-{place}"] = forms.ChoiceField(
                choices=choices,
                label=lazy_say(code, (("place", place),)),
                widget=forms.Select(),
            )
        if seats:
            self.fields["reason"] = _reason("appeal.why_another_panel")

    def chosen(self) -> list[Person]:
        """Those whose seats could be read."""
        names = [name for name in self.fields if name.startswith("seat-")]
        chosen = [self.cleaned_data[name] for name in names if name in self.cleaned_data]
        return [self.people[int(key)] for key in chosen]


def _named(person: Person) -> str:
    return f"{person.name} ({person.position})" if person.position else person.name


def _reason(label: str, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        max_length=8000,
        label=lazy_say(label),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class VoteForm(Form):
    """One member's vote, and why."""

    vote = forms.ChoiceField(
        choices=[(name, lazy_say(f"vote.{name}")) for name in Vote.values],
        widget=forms.RadioSelect(attrs=CHOICES),
    )
    reason = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_choices(self, "vote")


class RejectForm(Form):
    """Why it is rejected, by the chair."""

    decision = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))


class UpholdForm(Form):
    """What counts instead for each appealed KPI, and why it is upheld. Points are computed."""

    STATUSES = (SAME, "reported", "not_reported", "not_applicable")

    def __init__(self, data: Any, *, appeal: Appeal, layers: Layers, steps: Steps) -> None:
        super().__init__(data)
        kpis = {kpi.number: kpi for kpi in layers.version.agreed.kpis}
        before = outcomes_of(appeal.result)
        self.kpis = [kpis[number] for number in appeal.numbers if number in kpis]
        for kpi in self.kpis:
            self._add(kpi, before.get(kpi.number, Outcome()), steps)
        self.fields["decision"] = _reason("label.decision", rows=6)

    def _add(self, kpi: AgreedKpi, outcome: Outcome, steps: Steps) -> None:
        number = kpi.number
        self.fields[f"status-{number}"] = forms.ChoiceField(
            label=f"{number} {kpi.name}",
            initial=SAME,
            choices=[
                (one, lazy_say("appeal.same" if one == SAME else f"judged-status.{one}"))
                for one in self.STATUSES
            ],
            widget=forms.Select(),
        )
        if kpi.method in IN_STEPS:
            self.fields[f"steps-{number}"] = steps_field(kpi, outcome, steps)
            return
        if kpi.method == IndicatorVersion.Method.ITEMS:
            self.fields |= result_fields(kpi, outcome.items, f"{number}-")
            return
        unit = kpi.unit or "0–100"
        label = lazy_say("page.claim_actual", (("unit", unit),))
        field = DecimalText(required=False, label=label, share=is_per_cent(kpi.unit))
        field.initial = "" if outcome.actual is None else f"{trimmed(outcome.actual):f}"
        self.fields[f"actual-{number}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for kpi in self.kpis:
            name = f"actual-{kpi.number}"
            empty = name in self.fields and data.get(name) is None and name not in self.errors
            status = data.get(f"status-{kpi.number}")
            items = [f"{kpi.number}-item_{item.id}" for item in kpi.items]
            if status == "reported" and items and not results_typed(kpi, data, f"{kpi.number}-"):
                empty, name = True, items[0]
            if empty and status == "reported":
                self.add_error(name, lazy_say("form.required"))
            if status and status != "reported":
                self.refuse_unused(f"status-{kpi.number}", name, f"steps-{kpi.number}", *items)
        return data

    def outcomes(self) -> dict[str, Outcome]:
        """KPI number → what counts instead; those that stay are left out."""
        by_number = {}
        for kpi in self.kpis:
            number = kpi.number
            status = self.cleaned_data[f"status-{number}"]
            if status != SAME:
                by_number[number] = self._outcome(kpi, status)
        return by_number

    def _outcome(self, kpi: AgreedKpi, status: str) -> Outcome:
        data, number = self.cleaned_data, kpi.number
        if status == "not_applicable":
            return Outcome(not_applicable=data["decision"].strip())
        if status == "not_reported":
            return Outcome()
        steps = data.get(f"steps-{number}")
        return Outcome(
            data.get(f"actual-{number}"),
            None if steps is None else tuple(sorted(steps)),
            items=results_typed(kpi, data, f"{number}-"),
        )
