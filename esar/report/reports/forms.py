"""What the browser sent → clean Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.item_fields import result_fields, results_typed
from esar.agree.scorecards.kpi_forms import MONTHS_OF_A_QUARTER
from esar.kernel.wording import is_per_cent, month_and_year
from esar.law.rules.kinds import Round
from esar.law.rules.numbers import trimmed
from esar.platform.ui.forms import DecimalText, Form, lazy_say
from esar.report.reports.content import Line
from esar.report.reports.models import NARRATIVE
from esar.report.reports.queries import months_between
from esar.report.reports.states import ClaimStatus

RESULTS = ("actual", "numerator", "denominator")


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{trimmed(value):f}"


class ClaimForm(Form):
    """What a report says of one KPI; its fields are those that the KPI's method asks for.

    A round that asks for the card alone has no narrative.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    status = forms.ChoiceField(widget=forms.RadioSelect(attrs={"class": "choices"}))

    def __init__(self, data: Any, *, line: Line, steps: int, narrates: bool) -> None:
        claim = line.claim
        initial = {name: getattr(claim, name) for name in NARRATIVE} | {
            "revision": claim.revision,
            "status": claim.status,
            "why": claim.why,
            "actual": _typed(claim.actual),
            "numerator": _typed(claim.numerator),
            "denominator": _typed(claim.denominator),
            "steps_done": claim.steps_done or [],
        }
        super().__init__(data, initial=initial)
        self.line = line
        status: Any = self.fields["status"]
        if line.accumulated is None and not line.is_told_elsewhere:
            status.choices = [
                (name, lazy_say(f"claim-status.{name}"))
                for name in ClaimStatus.values
                if not (line.by_quarter and name == ClaimStatus.REPORTED)  # its quarters say it
            ]
            self._add_result(line, steps)
        else:  # what the months add up to, or the plan has come to, is not typed
            status.choices = [(one, "") for one in ClaimStatus.values]
            status.widget = forms.HiddenInput()
        if not line.is_told_elsewhere:
            self.fields["why"] = forms.CharField(
                required=False,
                max_length=4000,
                label=lazy_say("label.why_no_result"),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for name in NARRATIVE if narrates else ():
            self.fields[name] = forms.CharField(
                required=False,
                max_length=8000,
                label=lazy_say(f"label.{name}"),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _add_result(self, line: Line, steps: int) -> None:
        if line.kpi.method == IndicatorVersion.Method.MILESTONES:
            self.fields["steps_done"] = forms.TypedMultipleChoiceField(
                coerce=int,
                required=False,
                label=lazy_say("label.steps_done"),
                choices=[
                    (number, lazy_say("page.step", (("number", number),)))
                    for number in range(1, steps + 1)
                ],
                widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
            )
            return
        if line.kpi.method == IndicatorVersion.Method.ITEMS:
            self.fields |= result_fields(line.kpi, line.claim.items or {})
            return
        if line.by_quarter:
            return  # the quarters add up to it
        names: tuple[str, ...] = ("actual",)
        if line.kpi.accumulation == IndicatorVersion.Accumulation.RATIO:
            names = ("numerator", "denominator")
        for name in names:
            label = lazy_say(f"page.claim_{name}", (("unit", line.kpi.unit),))
            share = name == "actual" and is_per_cent(line.kpi.unit)
            self.fields[name] = DecimalText(required=False, label=label, share=share)
        if line.claim.status == ClaimStatus.NOT_REPORTED:  # the page is opened to type it
            self.fields[names[0]].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A figure that is typed is a result, unless another thing was chosen: then it is asked."""
        data = super().clean() or self.cleaned_data
        typed = [data.get(name) for name in RESULTS]
        data["items"] = results_typed(self.line.kpi, data)
        steps = data.get("steps_done")
        if data.get("status") in (ClaimStatus.NO_DATA, ClaimStatus.NOT_APPLICABLE):
            self.refuse_unused("status", *RESULTS, "steps_done", *self._item_names)
        if data.get("status") == ClaimStatus.NOT_REPORTED and (
            steps or data["items"] or any(value is not None for value in typed)
        ):
            data["status"] = ClaimStatus.REPORTED
        return data

    @property
    def result_fields(self) -> list[Any]:
        """What a result is typed in; typing says that there is one."""
        return self._bound("steps_done", *self._item_names, *RESULTS)

    @property
    def other_fields(self) -> list[Any]:
        """Whether there is a result at all, and why not."""
        return self._bound("status", "why")

    @property
    def _item_names(self) -> list[str]:
        return [f"item_{item.id}" for item in self.line.kpi.items]

    @property
    def narrative_fields(self) -> list[Any]:
        return self._bound(*NARRATIVE)

    @property
    def opens_other(self) -> bool:
        """Whether more than a figure is to be seen at once: another answer, or what was refused."""
        plain = (ClaimStatus.NOT_REPORTED, ClaimStatus.REPORTED)
        refused = any(name in self.errors for name in ("status", "why"))
        is_figure = any(name in self.fields for name in (*self._item_names, *RESULTS))
        is_asked = not (is_figure or self.line.by_quarter or self["status"].is_hidden)
        return refused or is_asked or self["status"].value() not in plain

    def _bound(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]


class MonthsForm(Form):
    """The months of a round for one KPI: a value each, or a numerator and a denominator."""

    def __init__(
        self, data: Any, *, line: Line, days: Round, today: date, replaces: bool = False
    ) -> None:
        super().__init__(data)
        ratio = line.kpi.accumulation == IndicatorVersion.Accumulation.RATIO
        self.parts = ("numerator", "denominator") if ratio else ("value",)
        self.line = line
        self.months = [
            month
            for month in months_between(days.first, min(days.last, today))
            if not line.by_quarter or month.month % MONTHS_OF_A_QUARTER == 0
        ]
        self.replaces = replaces
        if replaces:  # a typed result is put aside only where its writer says so
            self.fields["replaces_typed"] = forms.BooleanField(
                required=False, label=lazy_say("label.replaces_typed")
            )
        progress = {one.month: one for one in line.months}
        for month in self.months:
            for part in self.parts:
                entry = progress.get(month)
                field = DecimalText(
                    required=False,
                    share=not ratio and is_per_cent(line.kpi.unit),
                    label=self._label(month, part if ratio else ""),
                    initial=_typed(getattr(entry, part)) if entry else "",
                )
                self.fields[f"{part}-{month:%Y-%m}"] = field

    def _label(self, month: date, part: str) -> Any:
        if not self.line.by_quarter:
            return _month_label(month, part)
        quarter = (month.month // MONTHS_OF_A_QUARTER) % 4 + 1  # a fiscal year begins in October
        targets = self.line.targets
        return lazy_say(
            "page.quarter_value",
            (
                ("quarter", quarter),
                ("month", _in_both(month)),
                ("target", targets[quarter - 1] if quarter <= len(targets) else "–"),
            ),
        )

    @property
    def replaces_typed_field(self) -> Any:
        """The tick by which a typed result is put aside."""
        return self["replaces_typed"]

    @property
    def rows(self) -> list[tuple[date, list[Any]]]:
        return [
            (month, [self[f"{part}-{month:%Y-%m}"] for part in self.parts]) for month in self.months
        ]

    def said(self) -> dict[date, dict[str, Decimal | None]]:
        return {
            month: {part: self.cleaned_data[f"{part}-{month:%Y-%m}"] for part in self.parts}
            for month in self.months
        }


def _in_both(month: date) -> dict[str, str]:
    return {language: month_and_year(month, language) for language in ("th", "en")}


def _month_label(month: date, part: str) -> Any:
    names = _in_both(month)
    code = f"page.month_{part}" if part else "page.month_value"
    return lazy_say(code, (("month", names),))
