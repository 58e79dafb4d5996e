"""What a KPI says of itself by its year's form of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedKpi
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import say
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Ask, KindForm
from esar.law.rules.refusals import refusal

MONTHS_OF_A_QUARTER = 3


def form_of_kind(kind: str, rules: Rules) -> Rule[KindForm] | None:
    """The form of a kind of KPI; None where the year has none."""
    return next((rule for rule in rules.of_kind(KindForm) if kind in rule.value.kinds), None)


def form_of(kpi: AgreedKpi, rules: Rules) -> Rule[KindForm] | None:
    """The form that says how its result is told; none where its points are not given."""
    return form_of_kind(kpi.kind, rules) if kpi.method == IndicatorVersion.Method.GIVEN else None


def is_by_quarter(kpi: AgreedKpi, rules: Rules) -> bool:
    """Whether its result is told quarter by quarter."""
    form = form_of(kpi, rules)
    return form is not None and form.value.every == "quarter"


def asks_for_index(forms: Iterable[Rule[KindForm]]) -> bool:
    """Whether a form of these asks which international index a KPI names."""
    return any(ask.answer == "index" for form in forms for ask in form.value.asks)


def kinds_with_index(rules: Rules) -> set[str]:
    """The kinds of KPI whose form asks which international index they name."""
    forms = rules.of_kind(KindForm)
    return {kind for form in forms if asks_for_index([form]) for kind in form.value.kinds}


def unanswered(kind: str, answers: Iterable[Mapping[str, Any]], rules: Rules) -> list[Ask]:
    """What the form of a kind needs and was not told."""
    form = form_of_kind(kind, rules)
    answered = {answer["id"] for answer in answers if answer["text"].strip()}
    return [
        ask for ask in (form.value.asks if form else ()) if ask.needed and ask.id not in answered
    ]


def gaps_in(kpi: AgreedKpi, rules: Rules) -> Iterator[Problem]:
    """What its form asks for and the KPI does not say yet."""
    form = form_of_kind(kpi.kind, rules)
    if form is None:
        return
    answers = [answer.to_json() for answer in kpi.answers]
    missing = tuple(ask.label for ask in unanswered(kpi.kind, answers, rules))
    if form_of(kpi, rules):
        missing = tuple(target.label for target in form.value.targets[len(kpi.targets) :]) + missing
    if missing:
        place = Place(field=say("place.kpi", {"number": kpi.number}, "th"))
        figures: dict[str, object] = {"kpi": kpi.number, "fields": missing}
        yield refusal("scorecard.form_incomplete", form, figures, place)
