"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from esar.law.rules.numbers import trimmed
from esar.platform.ui.forms import DecimalText, Form, lazy_say
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.monthly.content import Line, Sheet
from esar.report.activity_plans.monthly.usage.queries import Book

ANSWERS = {"yes": True, "no": False, "": None}


class MonthForm(Form):
    """A month's report: progress of each activity under way, and an answer for each output."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, sheet: Sheet) -> None:
        super().__init__(data, initial={"revision": sheet.report.revision})
        self.sheet = sheet
        choices = [
            ("yes", lazy_say("outcome.done")),
            ("no", lazy_say("outcome.undone")),
            ("", lazy_say("page.plan_not_said")),
        ]
        for line in sheet.lines:
            for output in line.outputs:
                figures = (("month", month_words(output.month)), ("what", output.what))
                answer = next(key for key, value in ANSWERS.items() if value is output.done)
                self.fields[f"done-{line.number}-{output.month:%Y-%m}"] = forms.ChoiceField(
                    choices=choices,
                    required=False,
                    initial=answer,
                    label=lazy_say("page.plan_output_in", figures),
                    help_text=lazy_say("page.plan_output_left") if output.is_left else "",
                    widget=forms.RadioSelect(attrs={"class": "choices"}),
                )
            self.fields[f"progress-{line.number}"] = forms.CharField(
                required=False,
                initial=line.progress,
                label=lazy_say("page.plan_progress_of", (("number", line.number),)),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def fields_of(self, line: Line) -> list[Any]:
        names = [f"done-{line.number}-{one.month:%Y-%m}" for one in line.outputs]
        return [self[name] for name in [*names, f"progress-{line.number}"]]

    @property
    def parts(self) -> list[tuple[Line, list[Any]]]:
        """Each activity with its fields."""
        return [(line, self.fields_of(line)) for line in self.sheet.lines]

    def said(self) -> dict[str, Any]:
        """What is said, in the form of a report's content."""
        data = self.cleaned_data
        return {
            "activities": [
                {
                    "number": line.number,
                    "progress": data[f"progress-{line.number}"],
                    "outputs": [
                        {
                            "month": f"{one.month:%Y-%m}",
                            "done": ANSWERS[data[f"done-{line.number}-{one.month:%Y-%m}"]],
                        }
                        for one in line.outputs
                    ],
                }
                for line in self.sheet.lines
            ]
        }


class UsageForm(Form):
    """The months of one thing that may be entered: what was used, and any baseline."""

    def __init__(self, data: Any, *, book: Book, today: date) -> None:
        super().__init__(data)
        self.book = book
        self.parts = ("used", "baseline") if book.has_baseline else ("used",)
        self.months = [row.month for row in book.rows if row.due and row.month <= today]
        entries = {row.month: row.entry for row in book.rows if row.entry}
        for month in self.months:
            for part in self.parts:
                value = getattr(entries.get(month), part, None)
                field = DecimalText(
                    required=False,
                    initial="" if value is None else f"{trimmed(value):f}",
                    label=lazy_say(f"page.usage_field_{part}", (("month", month_words(month)),)),
                )
                self.fields[f"{part}-{month:%Y-%m}"] = field

    @property
    def rows(self) -> Iterable[tuple[date, list[Any]]]:
        for month in self.months:
            yield month, [self[f"{part}-{month:%Y-%m}"] for part in self.parts]

    def said(self) -> dict[date, tuple[Any, Any]]:
        data = self.cleaned_data
        return {
            month: (data[f"used-{month:%Y-%m}"], data.get(f"baseline-{month:%Y-%m}"))
            for month in self.months
        }
