"""What pages are made of, each once, by the components themselves; the texts are invented."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest

from esar.law.rules.text import Text
from esar.platform.ui import books
from esar.platform.ui.forms import DayText, Form, WeightText
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.picking import CodesInput, PickedCode
from esar.platform.ui.templatetags.words import words
from esar.report.reports.progress import Filled
from esar.show.public.hub.steps import Step
from esar.show.public.tables import AgencyList
from esar.show.worklist.desk import Line
from esar.show.worklist.work import Work

HERE = "/components/"
SHOWN = 3  # rows of the sample list


class SampleForm(Form):
    """A day, a figure and a name that is looked up; sent with mistakes, so that all are told."""

    first_day = DayText(label=_("label.first_day"))
    weight = WeightText(label=_("page.weight"))
    body = PickedCode(
        label=_("label.body"),
        widget=CodesInput,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].widget.choices = {"TH-74": "สมุทรสาคร", "TH-73": "นครปฐม"}


class FewBodies(AgencyList):
    """The first bodies of the registry."""

    page_size = SHOWN


def parts(request: HttpRequest, day: date) -> dict[str, Any]:
    """What the page shows beside its charts. Queries of one list."""
    steps = _steps(day)
    return {
        "grades": list(books.grades(2567).values()),
        "steps": steps,
        "step_now": steps[1],
        "year": 2567,
        "lines": _lines(day),
        "list": FewBodies(request),
        "form": SampleForm({"first_day": "2567-02-31", "weight": "สิบ", "body": ""}),
        "attachment": _file("kept"),
        "held": _file("held"),
    }


def _steps(day: date) -> list[Step]:
    labels = (
        (Text("ตัวชี้วัด", "KPIs"), "done"),
        (Text("รอบ 6 เดือน", "6 months"), "now"),
        (Text("รอบ 12 เดือน", "12 months"), "to-come"),
        (Text("ผล", "Result"), "to-come"),
    )
    return [
        Step(label, standing, day + timedelta(days=30 * place), day if standing == "done" else None)
        for place, (label, standing) in enumerate(labels)
    ]


def _lines(day: date) -> list[Line]:
    """What is late, what is due soon and was sent back, and what has time."""
    report = words(Text("รายงานรอบ 6 เดือน จังหวัดตัวอย่าง", "the 6-month report of a province"))
    why = words(Text("ผลของตัวชี้วัด 1.4 ไม่ตรงกับหลักฐาน", "KPI 1.4 does not agree with its evidence"))
    rows = (
        Work(report, HERE, "report-state.draft", day - timedelta(days=3), 2567),
        Work(report, HERE, "report-state.draft", day + timedelta(days=5), 2567, Filled(4, 6), why),
        Work(report, HERE, "report-state.proposed", day + timedelta(days=20), 2567),
    )
    return [Line(work, work.days_left(day)) for work in rows]


def _file(state: str) -> Any:
    file = SimpleNamespace(state=state, size=1_240_000, sha256="0" * 64, attached=[])
    return SimpleNamespace(name="summary.pdf", file=file)
