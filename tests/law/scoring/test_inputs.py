"""A scorecard written as the JSON input form is read back as the same facts."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from esar.exchange.files.mojibake import is_mojibake
from esar.exchange.files.reading import read_scorecards
from esar.kernel.spelling import normal, number
from esar.law.scoring.facts import (
    Activity,
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Plan,
    PlannedOutput,
    Result,
    Scorecard,
    StepsDone,
)
from esar.law.scoring.inputs import scorecard_as_input

NUMBERS = st.decimals(-(10**9), 10**9, places=3)
WORDS = st.text(
    st.characters(whitelist_categories=("L", "N", "P", "Sc"), blacklist_characters="\u200b\ufeff"),
    min_size=1,
    max_size=12,
).filter(lambda words: normal(words) == words and not is_mojibake(words))
# A number that was typed is kept in one spelling (๐1 is 1), and written in that.
KPI_NUMBERS = WORDS.filter(lambda words: number(words) == words)
MONTHS = st.dates(date(2000, 1, 1), date(2050, 1, 1)).map(lambda day: day.replace(day=1))
MEASURED = st.builds(
    Measured,
    st.sampled_from(("higher", "lower")),
    st.lists(NUMBERS, max_size=5).map(tuple),
    st.none() | NUMBERS,
)
ITEMS = st.lists(
    st.builds(Item, KPI_NUMBERS, NUMBERS, MEASURED), max_size=3, unique_by=lambda i: i.id
)
OUTPUTS = st.lists(st.builds(PlannedOutput, MONTHS, st.none() | st.booleans()), max_size=3)
ACTIVITY = st.builds(
    Activity, WORDS, st.just("") | WORDS, st.none() | WORDS, st.none() | MONTHS, OUTPUTS.map(tuple)
)
RESULTS: st.SearchStrategy[Result] = st.one_of(
    MEASURED,
    st.builds(Given, st.none() | NUMBERS),
    st.builds(StepsDone, st.none() | st.frozensets(st.integers(1, 9))),
    st.builds(Outputs, st.integers(0, 99), st.none() | st.integers(0, 99)),
    ITEMS.map(tuple).map(Items),
    st.lists(ACTIVITY, max_size=3).map(tuple).map(Plan),
)
KPI = st.builds(
    Kpi,
    id=KPI_NUMBERS,
    component=st.none() | WORDS,
    weight=st.none() | NUMBERS,
    result=RESULTS,
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
    kpis=st.lists(KPI, max_size=4).map(tuple),
    received=st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    province=st.none() | WORDS,
    code=st.just("") | WORDS,
    note=st.just("") | WORDS,
)


@given(CARDS)
def test_what_is_written_is_read_back_as_it_was(card: Scorecard) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "card.json")
        path.write_text(json.dumps(scorecard_as_input(card), ensure_ascii=False), encoding="utf-8")

        assert read_scorecards(path) == [card]


def test_the_keys_stand_in_one_order_and_what_is_absent_is_left_out() -> None:
    kpi = Kpi("1", None, Decimal("2E+1"), Measured("higher", (Decimal("1.50"),), None))
    card = Scorecard(2567, "department", "กรม", "12m", (kpi,))

    assert list(scorecard_as_input(card).items()) == [
        ("year", 2567),
        ("kind", "department"),
        ("body", "กรม"),
        ("round", "12m"),
        ("kpis", [{"id": "1", "weight": "20", "direction": "higher", "targets": ["1.50"]}]),
    ]
