"""The life of a result: computed, released, and superseded by the next number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.results.models import Result
from esar.judge.results.route import missing_steps
from esar.judge.results.states import RESULT_MOVES
from esar.kernel.chain import digest
from esar.kernel.problems import Problem
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import people_with


class ResultLife(Life[Result]):
    """Nobody releases what they assessed, nor another result than the list showed."""

    name = "result"
    model = Result
    moves = RESULT_MOVES
    related = ("body", "assessment")
    wrong_state = already_moved = "result.already_moved"
    keeps_since = False

    def whose_work(self, thing: Result) -> tuple[Life[Any], Any]:
        """The assessment that it was computed from; what came from a file is nobody's work."""
        return (ASSESSMENT_LIFE, thing.assessment) if thing.assessment else (self, thing)

    def figures(self, thing: Result) -> Mapping[str, object]:
        return {"body": thing.body.name_th}

    def address(self, thing: Result) -> str:
        where = [thing.fiscal_year, thing.round_id, thing.body.code]
        return reverse("public:scorecard", args=where)

    def content(self, thing: Result) -> Mapping[str, Any]:
        return row_of(thing, digest(thing.explanation))

    def check(self, act: Act[Result]) -> Iterable[Problem]:
        """The steps of the year's route that a release still waits for."""
        result = act.thing
        return missing_steps(result.fiscal_year, result.round_id) if act.name == "release" else ()

    def changes(self, act: Act[Result]) -> Mapping[str, Any]:
        return {"released_at": act.at} if act.name == "release" else {}

    def notices(self, act: Act[Result]) -> Iterator[Notice]:
        if act.name == "release":
            body = act.thing.body
            people = people_with(act.on, Role.REPORTER, Role.APPROVER, body=body)
            figures = {"body": body.name_th, "year": act.thing.fiscal_year}
            yield Notice(people, "notice.result_released", figures)


def row_of(result: Result, sha256: str) -> dict[str, Any]:
    """What its row among those to release shows, called by its body: all of it is one part.

    `sha256` is of the whole score with its steps.
    """
    columns = [getattr(result, column) for column in SHOWN]
    return row_words(result.body.name_th, columns, sha256)


SHOWN = ("fiscal_year", "round_id", "number", "total", "grade_id", "reason")


def row_words(body: str, columns: Iterable[Any], sha256: str) -> dict[str, Any]:
    """The same from a body's name and the columns SHOWN, for those who read many at once."""
    year, round_id, number, total, grade_id, reason = columns
    figures = {
        "round": round_id,
        "number": number,
        "total": f"{total:f}",
        "grade": grade_id,
        "reason": reason,
        "sha256": sha256,
    }
    return {f"{body} {year}": figures}


RESULT_LIFE = ResultLife()
