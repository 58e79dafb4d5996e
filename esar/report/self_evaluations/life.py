"""The life of a self-evaluation: asked for, received, looked through, put to the Prime Minister.

OPDC looks whether the papers are all there. It scores nothing: what the body says stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.law.rules.refusals import refusal
from esar.platform.lifecycle.life import Act, Life, freeze
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import office_code, people_with
from esar.report.self_evaluations.models import (
    FIELDS,
    SelfEvaluation,
    SelfEvaluationVersion,
)
from esar.report.self_evaluations.queries import (
    evaluate_themselves,
    is_prime_ministers_office,
    missing_from,
    papers_of,
    rule_of,
)
from esar.report.self_evaluations.states import (
    PUT,
    RECEIVED,
    SELF_EVALUATION_EDITS,
    SELF_EVALUATION_MOVES,
)


class SelfEvaluationLife(Life[SelfEvaluation]):
    """Asked for by OPDC, filled in by the body or from its letter, never judged."""

    name, model, page = "self_evaluation", SelfEvaluation, "self_evaluations:self-evaluation"
    moves, edits = SELF_EVALUATION_MOVES, SELF_EVALUATION_EDITS
    related, year_at = ("body",), "fiscal_year"
    written_by = (
        "self_evaluation.filled",
        "self_evaluation.attached",
        "self_evaluation.taken_off",
    )
    sent_by = ("self_evaluation.send", "self_evaluation.take_in")

    def figures(self, thing: SelfEvaluation) -> Mapping[str, object]:
        return {"body": thing.body, "year": thing.fiscal_year}

    def visible(self, person: Any, day: date) -> QuerySet[Any]:
        """As of every life; the Prime Minister's office sees what was put to it. Two queries."""
        rows = super().visible(person, day)
        if not is_prime_ministers_office(person, day):
            return rows
        return rows | SelfEvaluation.objects.select_related("body").filter(state=PUT)

    def content(self, thing: SelfEvaluation) -> Mapping[str, Any]:
        words = {name: _as_json(getattr(thing, name)) for name in FIELDS}
        papers = papers_of(thing) if thing.pk else ()
        return {"round": thing.round_id, **words, "documents": [row.in_short() for row in papers]}

    def check(self, act: Act[SelfEvaluation]) -> Iterator[Problem]:
        if act.name == "begin":
            yield from self._not_to_be_asked(act.thing)
        elif act.name in ("send", "take_in"):
            yield from self._not_to_be_received(act.thing, act.on)
        elif act.name in ("check", "put"):
            yield from self._not_complete(act.thing)

    def _not_to_be_asked(self, thing: SelfEvaluation) -> Iterator[Problem]:
        rule = rule_of(thing.fiscal_year)
        bodies = evaluate_themselves(thing.fiscal_year).filter(pk=thing.body_id)
        if rule is None or not bodies.exists():
            yield Problem("self_evaluation.not_of_year", self.figures(thing))
        elif f"round.{thing.round_id}" not in rule.value.rounds:
            yield refusal("self_evaluation.not_of_round", rule, self.figures(thing))

    def _not_to_be_received(self, thing: SelfEvaluation, day: date) -> Iterator[Problem]:
        if thing.received_on is not None and thing.received_on > day:
            yield Problem("self_evaluation.received_later", {"day": thing.received_on})
        if not any(getattr(thing, name) for name in FIELDS) and not papers_of(thing):
            yield Problem("self_evaluation.empty", self.figures(thing))

    def _not_complete(self, thing: SelfEvaluation) -> Iterator[Problem]:
        rule, missing = rule_of(thing.fiscal_year), missing_from(thing)
        if rule is not None and missing:
            parts = tuple(Word(f"label.self_evaluation_{name}") for name in missing)
            yield refusal("self_evaluation.incomplete", rule, {"parts": parts})

    def changes(self, act: Act[SelfEvaluation]) -> Mapping[str, Any]:
        if act.new == RECEIVED and act.thing.received_on is None:
            return {"received_on": act.on}
        return {"put_on": act.on} if act.new == PUT else {}

    def carry_out(self, act: Act[SelfEvaluation]) -> None:
        if act.new == RECEIVED:
            owner: dict[str, Any] = {"self_evaluation": act.thing}
            number = SelfEvaluationVersion.objects.filter(**owner).count() + 1
            freeze(SelfEvaluationVersion, act, self.content(act.thing), number=number, **owner)

    def people_told(self, act: Act[SelfEvaluation]) -> Iterable[Person]:
        if act.name != "put":
            return super().people_told(act)
        office = Body.objects.filter(code=office_code("prime_minister")).first()
        return people_with(act.on, Role.MINISTERS_OFFICE, body=office) if office else ()

    def refused_by_database(self, act: Act[SelfEvaluation]) -> Problem:
        if act.move.begins:
            return Problem("self_evaluation.asked_already", self.figures(act.thing))
        return super().refused_by_database(act)


def _as_json(value: Any) -> Any:
    """Decimals and days as text; what was not said stays empty."""
    return value if isinstance(value, str) or value is None else str(value)


SELF_EVALUATION_LIFE = SelfEvaluationLife()


def put_seen_by(person: Any, day: date, year: int) -> QuerySet[SelfEvaluation]:
    """What was put to the Prime Minister of a year, to whom may see it. One query."""
    seen = SELF_EVALUATION_LIFE.visible(person, day)
    return seen.filter(state=PUT, fiscal_year=year).order_by("body__name_key")
