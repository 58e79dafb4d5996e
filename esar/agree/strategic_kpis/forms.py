"""What the browser sent → clean Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from esar.agree.committees.forms import MOST_LETTERS, VotesForm
from esar.agree.committees.models import AgendaItem
from esar.agree.scorecards.forms import choices_of, label_of
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.achieved import owed_by
from esar.agree.strategic_kpis.actions import text_of
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE, STRATEGIC_RESULT_LIFE
from esar.agree.strategic_kpis.models import Cascade, StrategicKpi, StrategicResult
from esar.agree.strategic_kpis.queries import committees_of_hosts
from esar.agree.strategic_kpis.resolutions import CascadeText, Reach
from esar.kernel import spelling
from esar.kernel.wording import is_per_cent
from esar.law.rules.book import Rule
from esar.law.rules.kinds import StrategicKpis
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.editing import mark_of_thing
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import DecimalText, lazy_say
from esar.platform.ui.lists import number_of
from esar.platform.ui.templatetags.words import name_of

DIGITS, PLACES = 15, 4
PLANS = StrategicKpi.Plan.values


class StrategicForm(DraftForm):
    """A strategic KPI: its host and plan, and for each year a target or why there is none."""

    code = forms.CharField(max_length=40, label=lazy_say("label.strategic_code"))
    host = forms.ModelChoiceField(Body.objects.none(), label=lazy_say("label.host"))
    name = forms.CharField(max_length=300, label=lazy_say("label.kpi_name"))
    unit = forms.CharField(max_length=60, label=lazy_say("label.unit"))
    direction = forms.ChoiceField(
        choices=choices_of("higher", "lower", empty=True), label=lazy_say("label.direction")
    )
    plan = forms.ChoiceField(choices=choices_of(*PLANS, empty=True), label=lazy_say("label.plan"))
    issue = forms.CharField(max_length=200, label=lazy_say("label.issue"))
    sub_issue = forms.CharField(max_length=200, required=False, label=lazy_say("label.sub_issue"))

    def __init__(
        self,
        *args: Any,
        law: Rule[StrategicKpis],
        year: int,
        thing: StrategicKpi | None,
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {}
        if thing is not None:
            initial |= text_of(thing) | {"seen": mark_of(dict(STRATEGIC_LIFE.content(thing)))}
        super().__init__(*args, initial=initial, **kwargs)
        hosts: Any = self.fields["host"]
        hosts.queryset = Body.objects.filter(pk__in=committees_of_hosts(year))
        hosts.label_from_instance = name_of
        self.years = range(law.value.first_year, law.value.last_year + 1)
        share = is_per_cent(str(self["unit"].value() or ""))
        rows = {row["year"]: row for row in (thing.targets if thing else [])}
        for year in self.years:
            row = rows.get(year, {})
            about = (("year", year),)
            self.fields[f"target_{year}"] = DecimalText(
                digits=DIGITS,
                places=PLACES,
                share=share,
                required=False,
                label=lazy_say("label.strategic_target", about),
                initial=row.get("target", ""),
            )
            self.fields[f"why_{year}"] = forms.CharField(
                max_length=300,
                required=False,
                label=lazy_say("label.strategic_why", about),
                initial=row.get("why", ""),
            )

    def clean_code(self) -> str:
        return spelling.register_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        targets = []
        for year in self.years:
            target, why = data.pop(f"target_{year}", None), data.pop(f"why_{year}", "")
            if f"target_{year}" in self.errors:
                continue
            if (target is None) == (not why):
                self.add_error(
                    f"target_{year}", lazy_say("strategic.target_xor_why", (("year", year),))
                )
            targets.append({"year": year, "target": figure_text(target), "why": why})
        data["targets"] = targets
        return data

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def figure_text(value: Decimal | None) -> str:
    """A target as it is kept."""
    return "" if value is None else f"{trimmed(value):f}"


class CascadeForm(VotesForm):
    """Which departments' KPIs a strategic KPI reaches, or why it reaches none; and the votes.

    Those whose departments named it, by its `code`, are filled in as they said; what the sitting
    resolved `before`, as it resolved, to be corrected with a reason.
    """

    reason = forms.ChoiceField(required=False, label=lazy_say("label.strategic_reason"))
    note = forms.CharField(max_length=500, required=False, label=lazy_say("label.strategic_note"))

    def __init__(
        self,
        *args: Any,
        law: Rule[StrategicKpis],
        kpis: list[Kpi],
        code: str = "",
        before: AgendaItem | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        text = before.paper.text if before and before.paper else {}
        relations = {
            (row["scorecard"], row["indicator"]): row["relation"] for row in text.get("reaches", ())
        }
        self.initial.update(reason=text.get("reason", ""), note=text.get("note", ""))
        reason: Any = self.fields["reason"]
        reason.choices = [("", "–")] + [(one.id, label_of(one.label)) for one in law.value.reasons]
        self.kpis = kpis
        for kpi in kpis:
            self.fields[f"kpi_{kpi.pk}"] = forms.ChoiceField(
                required=False,
                label=f"{name_of(kpi.scorecard.body)} · {kpi.number} {kpi.template.name}",
                choices=choices_of(*Cascade.Relation.values, empty=True),
                initial=relations.get((kpi.scorecard_id, kpi.template.indicator.code), "")
                if text
                else (kpi.template.strategic_link if kpi.template.strategic_kpi == code else ""),
            )
        if before and before.outcome:
            self.fields["correction"] = forms.CharField(
                max_length=MOST_LETTERS, label=lazy_say("label.correction")
            )
        names = ["reason", "note", *(f"kpi_{kpi.pk}" for kpi in kpis), "correction"]
        self.order_fields(names)

    @property
    def correction(self) -> str:
        """Why it takes the place of what was resolved before."""
        return str(self.cleaned_data.get("correction", ""))

    @property
    def text(self) -> CascadeText:
        data = self.cleaned_data
        reaches = tuple(
            Reach(kpi, data[f"kpi_{kpi.pk}"]) for kpi in self.kpis if data.get(f"kpi_{kpi.pk}")
        )
        return CascadeText(reaches, data["reason"], data["note"])


class ResultForm(DraftForm):
    """What a strategic KPI came to in a year, and what there is to say of it.

    A new one chooses the strategic KPI among those that its host still owes; `thing` is one begun.
    """

    strategic = forms.ModelChoiceField(
        StrategicKpi.objects.none(), label=lazy_say("label.strategic")
    )
    value = DecimalText(digits=DIGITS, places=PLACES, label=lazy_say("label.value"))
    note = forms.CharField(
        max_length=4000,
        required=False,
        label=lazy_say("label.result_note"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        *args: Any,
        body: Body,
        year: int,
        thing: StrategicResult | None = None,
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"strategic": chosen}
        if thing is not None:
            initial = {"value": trimmed(thing.value), "note": thing.note}
            initial["seen"] = mark_of_thing(STRATEGIC_RESULT_LIFE, thing)
        super().__init__(*args, initial=initial, **kwargs)
        if thing is not None:
            del self.fields["strategic"]
        else:
            choice: Any = self.fields["strategic"]
            choice.queryset = owed_by(body, year)
        value: Any = self.fields["value"]
        value.share = is_per_cent(thing.strategic.unit if thing else self._chosen_unit())

    def _chosen_unit(self) -> str:
        """The unit of the strategic KPI that was chosen; empty before. One query or none."""
        number = number_of(str(self.data.get("strategic", "")))
        choice: Any = self.fields["strategic"]
        chosen = choice.queryset.filter(pk=number).first() if number is not None else None
        return chosen.unit if chosen else ""

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
