"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from esar.agree.agendas.models import AdditionBody, Holder, SubIndicator
from esar.agree.agendas.queries import sub_indicators_on, value_cells
from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.kernel.wording import is_per_cent, say
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.lifecycle.seen import seen_token
from esar.platform.organisations.fields import BodiesText, CodeText
from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from esar.platform.ui.forms import DayText, DecimalText, Form, lazy_say
from esar.platform.ui.templatetags.words import words

PLACES = 4
QUARTERS = (1, 2, 3, 4)
BODIES = "addition-bodies"


def present_bodies() -> QuerySet[Body]:
    """The bodies of the registry that there are now."""
    return Body.objects.filter(last_day=None)


class MainValueForm(DraftForm):
    """What a main indicator came to in a quarter, or in the year."""

    place = forms.TypedChoiceField(coerce=int, label=lazy_say("label.main_indicator"))
    quarter = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label=lazy_say("label.quarter")
    )
    value = DecimalText(places=PLACES, label=lazy_say("label.main_value"))
    source_body = CodeText(Body, only={"last_day": None}, label=lazy_say("label.source_body"))

    seen = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: Rule[Agenda], year: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen_token(value_cells(rule, year))}, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [
            (number, f"{words(main.label)} ({words(main.unit)})")
            for number, main in enumerate(rule.value.main_indicators, start=1)
        ]
        quarter: Any = self.fields["quarter"]
        quarter.choices = [
            ("", lazy_say("quarter.year")),
            *((number, lazy_say("quarter.of", (("number", number),))) for number in QUARTERS),
        ]
        chosen = [
            main.unit.th
            for number, main in enumerate(rule.value.main_indicators, start=1)
            if str(number) == str(self["place"].value())
        ]
        value: Any = self.fields["value"]
        value.share = any(map(is_per_cent, chosen))


class NamedKpiForm(Form):
    """By which of its indicators a body reports what it holds."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), required=False, label=lazy_say("label.kpi_of_holder")
    )

    def __init__(self, *args: Any, holder: Holder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-number")
        indicators = Indicator.objects.filter(body=holder.body_id)
        choice: Any = self.fields["indicator"]
        choice.queryset = indicators.annotate(name=Subquery(newest.values("name")[:1]))
        choice.label_from_instance = lambda indicator: f"{indicator.code} {indicator.name or ''}"
        self.initial["indicator"] = holder.indicator_id


class EndingForm(Form):
    """How a sub-indicator leaves: cut, or merged into another; its last day and why."""

    beside: ClassVar[Mapping[str, str]] = {
        "form.no_reason": "reason",
        "calendar.days_run_back": "last_day",
        "agenda.not_mergeable": "into",
    }
    into = forms.ModelChoiceField(
        SubIndicator.objects.none(),
        required=False,
        label=lazy_say("label.merged_into"),
        empty_label=lazy_say("sub-indicator.cut"),
    )
    last_day = DayText(label=lazy_say("label.last_day"))
    reason = forms.CharField(max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, sub: SubIndicator) -> None:
        super().__init__(*args, initial={"last_day": clock.today()})
        into: Any = self.fields["into"]
        same = SubIndicator.objects.filter(fiscal_year=sub.fiscal_year, agenda=sub.agenda)
        into.queryset = same.filter(last_day=None).exclude(pk=sub.pk)


class AdditionForm(Form):
    """A Cabinet resolution: which sub-indicator it adds, to whom now, and to whom later."""

    sub_indicator = forms.ModelChoiceField(
        SubIndicator.objects.none(), label=lazy_say("label.sub_indicator")
    )
    resolution = forms.CharField(max_length=300, label=lazy_say("label.cabinet_resolution"))
    resolved_on = DayText(label=lazy_say("label.resolved_on"))
    now = BodiesText(
        present_bodies,
        list_id=BODIES,
        label=lazy_say("addition-when.now"),
        help_text=lazy_say("page.bodies_help"),
    )
    short_data = BodiesText(
        present_bodies,
        list_id=BODIES,
        lists=False,
        required=False,
        label=lazy_say("addition-when.short_data"),
    )
    no_station = BodiesText(
        present_bodies,
        list_id=BODIES,
        lists=False,
        required=False,
        label=lazy_say("addition-when.no_station"),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subs: Any = self.fields["sub_indicator"]
        subs.queryset = sub_indicators_on(year, clock.today())

    def clean(self) -> dict[str, Any]:
        """`bodies`: each with when it holds the sub-indicator; none stands twice."""
        cleaned = super().clean() or {}
        bodies: list[tuple[Body, str]] = []
        for when in AdditionBody.When.values:
            bodies += [(body, when) for body in cleaned.get(when) or ()]
        codes = [body.code for body, _ in bodies]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            figures = {"codes": ", ".join(twice)}
            self.add_error(None, say("addition.body_twice", figures, get_language() or "th"))
        return {**cleaned, "bodies": bodies}
