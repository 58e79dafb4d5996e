"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.item_fields import result_fields, results_typed
from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.validation import IN_STEPS
from esar.kernel.wording import is_per_cent, month_and_year
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Item, Milestones, Round
from esar.law.rules.numbers import trimmed
from esar.law.scoring.facts import Plan
from esar.platform.organisations.fields import BodiesText
from esar.platform.organisations.models import Person
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui.forms import DayText, DecimalText, Form, lazy_say
from esar.platform.ui.picking import CodesArea


class DeclareForm(Form):
    """A word on conflict of interest."""

    has_conflict = forms.TypedChoiceField(
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect(attrs={"class": "choices"}),
        choices=[("no", lazy_say("choice.no_conflict")), ("yes", lazy_say("choice.conflict"))],
    )
    detail = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)


class YearDeclarationForm(Form):
    """The bodies of a year with which one has a conflict of interest, if any, and which it is."""

    beside: ClassVar[Mapping[str, str]] = {
        "assessment.conflict_untold": "detail",
        "assessment.conflict_nowhere": "conflicts",
    }

    conflicts = BodiesText(evaluated_bodies, required=False, widget=CodesArea(attrs={"rows": 3}))
    detail = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def steps_field(kpi: AgreedKpi, outcome: Outcome, steps: Steps) -> Any:
    """Boxes for the steps of a milestone KPI, or the outputs of a plan that the round counts."""
    if kpi.method == "plan":
        label, choices = lazy_say("label.outputs_done"), _outputs(outcome, steps.until)
    else:
        label = lazy_say("label.steps_done")
        choices = [
            (number, lazy_say("page.step", (("number", number),)))
            for number in range(1, steps.milestones + 1)
        ]
    return forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        label=label,
        choices=choices,
        initial=list(outcome.steps_done or ()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )


@dataclass(frozen=True)
class Steps:
    """How many milestones a year has, and up to which day a round counts outputs of a plan."""

    milestones: int
    until: date


def steps_of(rules: Rules, round_rule: Rule[Round]) -> Steps:
    rule = rules.the(Milestones)
    return Steps(len(rule.value.points) if rule else 0, round_rule.value.last)


def _named(month: date) -> dict[str, str]:
    return {language: month_and_year(month, language) for language in ("th", "en")}


def _outputs(outcome: Outcome, until: date) -> list[tuple[int, Any]]:
    """(place, words) of every output planned up to a day; places count from 1 over all of them."""
    plan = outcome.plan or Plan(())
    outputs = [(activity, output) for activity in plan.activities for output in activity.outputs]
    return [
        (
            place,
            lazy_say("page.output", (("name", activity.label), ("month", _named(output.month)))),
        )
        for place, (activity, output) in enumerate(outputs, start=1)
        if output.month <= until
    ]


class JudgeForm(Form):
    """Another result of one KPI, and why. Points are not typed: they are computed."""

    beside: ClassVar[Mapping[str, str]] = {
        "assessment.points_off_scale": "actual",
        "form.no_reason": "reason",
    }

    status = forms.ChoiceField(
        choices=[
            (name, lazy_say(f"judged-status.{name}"))
            for name in ("reported", "not_reported", "not_applicable")
        ],
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )

    def __init__(
        self,
        data: Any,
        *,
        kpi: AgreedKpi,
        outcome: Outcome,
        steps: Steps,
        reason: str = "",
        waits: bool = False,
        typed: str = "",
    ) -> None:
        status = "reported"
        if outcome.not_applicable:
            status = "not_applicable"
        elif not outcome.is_reported and not waits:
            status = "not_reported"
        actual = typed if outcome.actual is None else f"{trimmed(outcome.actual):f}"
        initial = {
            "status": status,
            "actual": actual,
            "steps_done": list(outcome.steps_done or ()),
            "reason": reason,
        }
        super().__init__(data, initial=initial)
        self.kpi = kpi
        if kpi.method in IN_STEPS:
            self.fields["steps_done"] = steps_field(kpi, outcome, steps)
        elif kpi.method == IndicatorVersion.Method.ITEMS:
            self.fields |= result_fields(kpi, outcome.items)
        else:
            unit = kpi.unit or "0–100"
            label = lazy_say("page.claim_actual", (("unit", unit),))
            if waits:  # what was achieved is in the KPI's unit, the points are not
                label = lazy_say("label.points_given")
            share = is_per_cent(kpi.unit) and not waits
            self.fields["actual"] = DecimalText(required=False, label=label, share=share)
        self.fields["reason"] = forms.CharField(
            max_length=4000,
            label=lazy_say("label.reason"),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def outcome(self) -> Outcome:
        data = self.cleaned_data
        if data["status"] == "not_applicable":
            return Outcome(not_applicable=data["reason"].strip())
        if data["status"] == "not_reported":
            return Outcome()
        steps = data.get("steps_done")
        return Outcome(
            data.get("actual"),
            None if steps is None else tuple(sorted(steps)),
            items=results_typed(self.kpi, data),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        empty = "actual" in self.fields and data.get("actual") is None
        if data.get("status") == "reported" and empty and "actual" not in self.errors:
            self.add_error("actual", lazy_say("form.required"))
        items = [f"item_{item.id}" for item in self.kpi.items]
        no_item = items and not results_typed(self.kpi, data) and not self.errors.keys() & {*items}
        if data.get("status") == "reported" and no_item:
            self.add_error(items[0], lazy_say("form.required"))
        if data.get("status") in ("not_reported", "not_applicable"):
            self.refuse_unused("status", "actual", "steps_done", *items)
        return data


class VisitForm(Form):
    """When and where a visit is to be, and who goes along."""

    beside: ClassVar[Mapping[str, str]] = {
        "calendar.too_late": "held_on",
        "visit.day_has_passed": "held_on",
        "visit.may_not_go": "party",
    }

    held_on = DayText()
    place = forms.CharField(required=False, max_length=200)
    party = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )

    def __init__(self, data: Any, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        party: Any = self.fields["party"]
        party.queryset = people
        party.widget.attrs["class"] = "choices"


class AdviceForm(VisitForm):
    """The same of a meeting to advise, and whom."""

    scorecard = forms.ModelChoiceField(Scorecard.objects.none(), label=lazy_say("label.advised"))
    field_order = ("scorecard", "held_on", "place", "party")

    def __init__(self, data: Any, *, people: QuerySet[Person], cards: QuerySet[Scorecard]) -> None:
        super().__init__(data, people=people)
        chosen: Any = self.fields["scorecard"]
        chosen.queryset = cards
        name = f"name_{get_language() or 'th'}"
        chosen.label_from_instance = lambda card: getattr(card.body, name)


class FindingForm(Form):
    """What was found, and what is to be done about it by when."""

    beside: ClassVar[Mapping[str, str]] = {
        "calendar.too_late": "due",
        "visit.day_has_passed": "due",
        "visit.finding_empty": "text",
    }

    number = forms.ChoiceField(required=False)
    text = forms.CharField(max_length=4000, widget=forms.Textarea)
    follow_up = forms.CharField(required=False, max_length=4000, widget=forms.Textarea)
    owner = forms.CharField(required=False, max_length=200, label=lazy_say("label.done_by"))
    due = DayText(required=False)

    def __init__(self, *args: Any, numbers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number: Any = self.fields["number"]
        number.choices = [("", "–"), *((choice, choice) for choice in numbers)]


class ChecklistForm(Form):
    """Who took part, and each item of the rulebook's list: as it should be or not, with a note."""

    FOUND = ("yes", "no", "not_looked")

    took_part = forms.CharField(
        max_length=4000,
        help_text=lazy_say("page.took_part_help"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any, *, items: tuple[Item, ...], language: str, names_all: bool
    ) -> None:
        super().__init__(data)
        self.items, self.fields["took_part"].required = items, names_all
        for item in items:
            self.fields[f"found-{item.id}"] = forms.ChoiceField(
                label=item.label.say(language),
                initial="not_looked",
                choices=[(answer, lazy_say(f"found.{answer}")) for answer in self.FOUND],
                widget=forms.Select(),
            )
            self.fields[f"note-{item.id}"] = forms.CharField(
                required=False,
                max_length=1000,
                label=lazy_say("label.note"),
                widget=forms.TextInput(),
            )

    def checklist(self) -> dict[str, Any]:
        return {
            item.id: {
                "label": {"th": item.label.th, "en": item.label.en},
                "found": self.cleaned_data[f"found-{item.id}"],
                "note": self.cleaned_data[f"note-{item.id}"],
            }
            for item in self.items
        }
