"""A year's deduction for a late report, worked out for any day, whichever way its switch stands."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import LateDeduction, Round
from esar.law.scoring.lateness import Lateness, lateness
from esar.platform.ui import books
from esar.platform.ui.doors import open_to_all
from esar.show.public.late.forms import LateForm


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
    form = LateForm(data, rounds=rounds, rules=rules)
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
