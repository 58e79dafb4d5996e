"""A year's deduction for a late report, worked out for any day, whichever way its switch stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import LateDeduction, Round
from esar.law.scoring.lateness import Lateness, lateness
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui import books
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.forms import DayText, Form, lazy_say

MAX_DAYS = 366  # after the due day: what lies beyond is a slip of the hand


class LateForm(Form):
    """Which round, when it was received, and where: a province may have holidays of its own."""

    round = forms.ChoiceField(label=lazy_say("label.late_round"))
    received = DayText(label=lazy_say("label.late_received"))
    province = forms.ChoiceField(required=False, label=lazy_say("label.late_province"))

    def __init__(self, data: Any, *, rounds: list[Rule[Round]]) -> None:
        super().__init__(data)
        self.last_due = max(one.value.due for one in rounds if one.value.due)
        self.rounds = {one.id.removeprefix("round."): one for one in rounds}
        language = get_language() or "th"
        chosen: Any = self.fields["round"]
        chosen.choices = [(name, one.label.say(language)) for name, one in self.rounds.items()]
        names = evaluated_bodies(kind=Body.Kind.PROVINCE).values_list("code", f"name_{language}")
        where: Any = self.fields["province"]
        where.choices = [("", lazy_say("choice.no_province")), *names]

    def clean_received(self) -> date:
        received: date = self.cleaned_data["received"]
        if (received - self.last_due).days > MAX_DAYS:
            raise forms.ValidationError(lazy_say("late.too_far"))
        return received


@open_to_all
@require_safe
def late(request: HttpRequest, year: int) -> HttpResponse:
    """Which days count as late, under both ways a due day on a holiday may be taken. One query."""
    book = books.book(year)
    rules = book.on(book.year.last_day) if book else None
    rule = rules.the(LateDeduction) if rules else None
    if rules is None or rule is None:
        raise Http404
    named_rounds = [rules.need(name, Round) for name in rule.value.rounds]
    rounds = [named_round for named_round in named_rounds if named_round.value.due]
    data = request.GET if "received" in request.GET else _preset(rounds[-1])
    form = LateForm(data, rounds=rounds)
    accounts = _both(form, rules) if form.is_valid() else []
    context = {"year": year, "form": form, "rule": rule, "found": accounts}
    status = 200 if form.is_valid() else 422
    return render(request, "public/late.html", context, status=status)


def _preset(round_rule: Rule[Round]) -> dict[str, str]:
    """Two days late: what is worked out before anything is asked for."""
    assert round_rule.value.due is not None, "only rounds with a due day are asked about"
    received = round_rule.value.due + timedelta(days=2)
    return {"round": round_rule.id.removeprefix("round."), "received": received.isoformat()}


def _both(form: LateForm, rules: Rules) -> list[Lateness]:
    """As the year's rules say first, then the other way."""
    choices = form.cleaned_data
    round_rule = form.rounds[choices["round"]]
    own = lateness(round_rule, choices["received"], rules, choices["province"] or None)
    assert own is not None
    other_way = lateness(
        round_rule,
        choices["received"],
        rules,
        choices["province"] or None,
        on_holiday="stands" if own.on_holiday == "moves" else "moves",
    )
    return [own, *([other_way] if other_way else [])]
