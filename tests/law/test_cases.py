"""The worked cases of every year, as officials wrote them in `rulebook/<year>/cases/`."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from esar.exchange.files import json_form
from esar.kernel.problems import Place, Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.kinds import Round
from esar.law.rules.numbers import round_half_up, trimmed
from esar.law.rules.reading import read_rulebook, years_in
from esar.law.scoring.lateness import lateness
from esar.law.scoring.scorecard import grade_for, score

RULEBOOK = Path("rulebook")


class TextLoader(yaml.CSafeLoader):
    """Figures stay as they are written; only dates, true, false and null are told apart.

    YAML 1.1 would also read the key `on` as true.
    """


TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":timestamp"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@cache
def book(year: int) -> Rulebook:
    return read_rulebook(RULEBOOK, year)


def all_cases() -> list[Any]:
    cases = []
    for year in years_in(RULEBOOK):
        for path in sorted((RULEBOOK / str(year) / "cases").glob("*.yaml")):
            for case in yaml.load(path.read_text("utf-8"), Loader=TextLoader):
                cases.append(pytest.param(year, case, id=f"{year} {path.stem}: {case['name']}"))
    return cases


@pytest.mark.parametrize(("year", "case"), all_cases())
def test_worked_case(year: int, case: dict[str, Any]) -> None:
    assert case["cites"], "a case names what it rests on"
    (form, facts), expect = next(iter(case["given"].items())), case["expect"]

    answer = ANSWERS[form](year, facts)

    assert {key: answer[key] for key in expect} == expect


def answer_scorecard(year: int, facts: dict[str, Any]) -> dict[str, Any]:
    document = {"year": year, "body": "case", **_as_json(facts)}
    (card,) = json_form.read(json.dumps(document), Place("case"))
    try:
        result = score(card, book(year))
    except Refused as refused:
        return {"refused": [problem.code for problem in refused.problems]}
    kpis = {kpi.kpi.id: kpi for kpi in result.kpis}
    return {
        "total": f"{result.total:f}",
        "out_of": f"{trimmed(result.out_of):f}",
        "grade": result.grade.id if result.grade else None,
        "points": _Only({name: _text(kpi.points) for name, kpi in kpis.items()}),
        "weighted": _Only({name: _text(kpi.weighted) for name, kpi in kpis.items()}),
        "status": _Only({name: kpi.status for name, kpi in kpis.items()}),
    }


class _Only(dict[str, Any]):
    """Equal to an expectation that names some of the KPIs: each named one must be equal."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and {key: self.get(key) for key in other} == other

    __hash__ = None  # type: ignore[assignment]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def answer_total(year: int, points: str) -> dict[str, Any]:
    a_book = book(year)
    rules = a_book.on(a_book.year.last_day, a_book.body_kinds()[0])
    rounded = round_half_up(Decimal(points), rules.rounding("total"))
    return {"rounded": f"{rounded:f}", "grade": grade_for(rounded, rules).id}


def answer_late(year: int, facts: dict[str, Any]) -> dict[str, Any]:
    rules = book(year).on(book(year).year.last_day, "province")
    late = lateness(
        rules.need(f"round.{facts['round']}", Round),
        facts["received"],
        rules,
        facts.get("province"),
        extended=facts.get("due"),
        on_holiday=facts.get("due_on_holiday"),
    )
    assert late is not None
    return {"days": str(len(late.days)), "deduction": f"{late.deduction:.4f}"}


def answer_entry(year: int, facts: dict[str, Any]) -> dict[str, Any]:
    rule = book(year).on(facts["on"]).by_id.get(facts["id"])
    fields = {} if rule is None else {name: _plain(v) for name, v in vars(rule.value).items()}
    return {"in_force": rule is not None, **fields}


def _plain(value: object) -> object:
    return value if isinstance(value, bool | date) else str(value)


ANSWERS = {
    "scorecard": answer_scorecard,
    "total": answer_total,
    "late": answer_late,
    "entry": answer_entry,
}


def test_every_year_has_cases() -> None:
    years = {param.values[0] for param in all_cases()}

    assert years == set(years_in(RULEBOOK))
