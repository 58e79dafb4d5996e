"""Any scorecard, written as JSON or CSV, is read back as it was."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from esar.exchange.files.columns import KEYS
from esar.exchange.files.mojibake import is_mojibake
from esar.exchange.files.reading import read_scorecards
from esar.kernel import spelling
from esar.law.scoring.facts import (
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Result,
    Scorecard,
    StepsDone,
)

NUMBERS = st.decimals(-(10**9), 10**9, places=3)
WORDS = (
    st.text(
        st.characters(
            whitelist_categories=("L", "N", "P", "Sc"), blacklist_characters="\u200b\ufeff"
        ),
        min_size=1,
        max_size=12,
    )
    .map(spelling.number)
    .filter(lambda words: bool(words) and not is_mojibake(words))
)
MEASURED = st.builds(
    Measured,
    st.sampled_from(("higher", "lower")),
    st.lists(NUMBERS, min_size=1, max_size=5).map(tuple),
    st.none() | NUMBERS,
)
ITEM = st.builds(Item, WORDS, NUMBERS, MEASURED, st.just("") | WORDS, st.just("") | WORDS)
FORMS: st.SearchStrategy[Result] = st.one_of(
    MEASURED,
    st.builds(Given, st.none() | NUMBERS),
    st.builds(StepsDone, st.frozensets(st.integers(1, 9), min_size=1)),
    st.builds(Outputs, st.integers(1, 99), st.none() | st.integers(0, 99)),
    st.lists(ITEM, min_size=1, max_size=3, unique_by=lambda item: item.id).map(tuple).map(Items),
)
KPI = st.builds(
    Kpi,
    id=WORDS,
    component=st.none() | WORDS,
    weight=st.none() | NUMBERS,
    result=FORMS,
    label=st.just("") | WORDS,
    unit=st.just("") | WORDS,
    not_applicable=st.just("") | WORDS,
    held_to=st.sampled_from(("year", "round", "none")),
)
CARDS = st.builds(
    Scorecard,
    year=st.integers(2540, 2599),
    body_kind=st.sampled_from(("department", "province")),
    body=WORDS,
    round=st.sampled_from(("6m", "9m", "12m")),
    kpis=st.lists(KPI, min_size=1, max_size=4, unique_by=lambda kpi: kpi.id).map(tuple),
    received=st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    province=st.none() | WORDS,
    code=st.just("") | WORDS,
    note=st.just("") | WORDS,
)


def card_fields(card: Scorecard) -> dict[str, Any]:
    received = card.received.isoformat() if card.received else None
    return {
        "year": card.year,
        "kind": card.body_kind,
        "body": card.body,
        "round": card.round,
        "code": card.code,
        "note": card.note,
        "province": card.province,
        "received": received,
    }


def figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def kpi_fields(kpi: Kpi) -> dict[str, Any]:
    fields = {
        "id": kpi.id,
        "name": kpi.label,
        "component": kpi.component,
        "weight": figure(kpi.weight),
        "unit": kpi.unit,
        "not_applicable": kpi.not_applicable,
        "held_to": kpi.held_to,
    }
    return fields | result_fields(kpi.result)


def result_fields(result: Result) -> dict[str, Any]:
    match result:
        case Measured(direction=direction, targets=targets, actual=actual):
            ladder = [figure(target) for target in targets]
            return {"direction": direction, "targets": ladder, "actual": figure(actual)}
        case Given(score=score):
            return {"score": figure(score)}
        case StepsDone(done=done):
            return {"steps_done": sorted(done or ())}
        case Outputs(planned=planned, achieved=achieved):
            return {"planned": planned, "achieved": achieved}
        case Items(items=items):
            return {"items": [item_fields(item) for item in items]}
    raise AssertionError(result)


def item_fields(item: Item) -> dict[str, Any]:
    fields = {"id": item.id, "name": item.label, "weight": figure(item.weight), "unit": item.unit}
    return fields | result_fields(item.result)


def table_rows(card: Scorecard) -> list[dict[str, Any]]:
    rows = []
    for kpi in card.kpis:
        fields = kpi_fields(kpi)
        items = fields.pop("items", ())
        rows += [fields, *({**item, "item_of": kpi.id} for item in items)]
    for row in rows:
        targets = row.pop("targets", ())
        row.update({f"target_{at}": target for at, target in enumerate(targets, start=1)})
        if "steps_done" in row:
            row["steps_done"] = ",".join(map(str, row["steps_done"]))
    rows[0].update(card_fields(card))
    return rows


def read_back(name: str, text: str) -> list[Scorecard]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8", newline="")
        return read_scorecards(path)


@given(st.lists(CARDS, min_size=1, max_size=3))
def test_json_round_trip(cards: list[Scorecard]) -> None:
    value = [{**card_fields(card), "kpis": list(map(kpi_fields, card.kpis))} for card in cards]

    assert read_back("cards.json", json.dumps(value, ensure_ascii=False)) == cards


@given(CARDS)
def test_csv_round_trip(card: Scorecard) -> None:
    written = io.StringIO()
    writer = csv.DictWriter(written, KEYS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table_rows(card))

    assert read_back("card.csv", written.getvalue()) == [card]
