"""The measured skill: what it counts, and that the projections beat the naive rules."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

from esar.exchange.cli.main import main
from esar.law.forecasting.invented import made_years
from esar.law.forecasting.skill import Case, Skill, measured, skill, skill_of_json

HALF = Decimal("0.5")


@pytest.fixture(scope="module")
def backtest() -> Skill:
    return skill(made_years(), warn_at=HALF)


def test_the_same_seed_makes_the_same_years_and_another_makes_others() -> None:
    assert made_years(1, bodies=2) == made_years(1, bodies=2)
    assert made_years(1, bodies=2) != made_years(2, bodies=2)


def test_invented_years_say_that_they_are_and_look_like_years() -> None:
    histories = made_years(bodies=10)

    assert all(one.is_demo and one.body.startswith("DEMO-") for one in histories)
    assert {len(one.years) for one in histories} == {9}
    months = [len(year.path) for one in histories for year in one.years]
    assert min(months) < 12 == max(months)  # some reported every month, some did not
    assert all(year.path[12] == year.value for one in histories for year in one.years)
    assert all(
        list(year.targets) == sorted(year.targets) for one in histories[:1] for year in one.years
    )


def test_only_years_with_three_before_them_are_cases(backtest: Skill) -> None:
    assert backtest.years == tuple(range(2561, 2567))
    assert backtest.cases == 40 * 6 * 6


def test_the_projection_sees_nothing_after_may() -> None:
    """Changing what came after May changes what happened, not what was said of it."""
    histories = made_years(bodies=3)
    blind = [
        replace(
            one,
            years=tuple(
                replace(year, path={m: v for m, v in year.path.items() if m <= 8})
                if year is one.years[-1]
                else year
                for year in one.years
            ),
        )
        for one in histories
    ]

    assert skill(histories, warn_at=HALF) == skill(blind, warn_at=HALF)


@pytest.mark.parametrize("seed", [2567, 1, 2, 3])
def test_our_rule_warns_of_more_misses_than_last_year_does_with_fewer_false_alarms(
    seed: int,
) -> None:
    rules = skill(made_years(seed, bodies=20), warn_at=HALF).rules
    for naive_rule in ("last_year", "in_proportion"):
        assert rules["ours"].false_alarm_rate < rules[naive_rule].false_alarm_rate  # type: ignore[operator]
        assert rules["ours"].balanced > rules[naive_rule].balanced  # type: ignore[operator]
    assert rules["ours"].hit_rate > rules["last_year"].hit_rate  # type: ignore[operator]
    assert rules["ours"].brier < min(  # type: ignore[type-var]
        one.brier for name, one in rules.items() if name != "ours"
    )


def test_the_projected_range_holds_at_least_what_it_promises(backtest: Skill) -> None:
    assert backtest.inside is not None
    assert Decimal("0.8") <= backtest.inside <= Decimal("0.95")


def test_the_measures_are_what_their_names_say() -> None:
    forecasts = [(0.9, True), (0.2, True), (0.6, False), (0.1, False), (0.4, False)]
    cases = [Case(2566, missed, True, {"ours": miss}) for miss, missed in forecasts]
    measures = measured(cases, "ours", 0.5)

    assert (measures.hits, measures.overlooked, measures.false_alarms, measures.left_alone) == (
        1,
        1,
        1,
        2,
    )
    assert measures.hit_rate == Decimal("0.5")
    assert measures.false_alarm_rate == Decimal("0.3333")
    assert measures.precision == Decimal("0.5")
    assert measures.balanced == Decimal("0.5834")
    # (0.01 + 0.64 + 0.36 + 0.01 + 0.16) ÷ 5
    assert measures.brier == Decimal("0.2360")


def test_a_kept_skill_is_the_same_again(backtest: Skill) -> None:
    for kept_skill in (backtest, skill([], warn_at=HALF)):
        assert skill_of_json(json.loads(json.dumps(kept_skill.as_json()))) == kept_skill


def test_nothing_to_count_is_none_and_not_zero() -> None:
    empty = skill([], warn_at=HALF)

    assert (empty.cases, empty.inside, empty.rules["ours"].hit_rate) == (0, None, None)
    assert (empty.rules["ours"].brier, empty.rules["ours"].hit_range()) == (None, None)
    assert (empty.rules["ours"].balanced, empty.rules["ours"].precision) == (None, None)


def esar(*arguments: str) -> Any:
    result = CliRunner().invoke(main, ["forecast", "skill", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [("th", ("เหมือนปีก่อน", "ข้อมูลสมมติ")), ("en", ("Same as last year", "Invented years"))],
)
def test_the_command_shows_every_rule_and_says_that_the_years_are_invented(
    language: str, words: tuple[str, str]
) -> None:
    out = esar("--lang", language)

    assert [word in out for word in words] == [True, True]


def test_the_command_answers_a_program_with_the_same_figures(backtest: Skill) -> None:
    out = json.loads(esar("--json"))

    assert (out["is_demo"], out["cases"], out["missed"]) == (True, backtest.cases, backtest.missed)
    assert out["rules"]["ours"]["hit_rate"] == f"{backtest.rules['ours'].hit_rate:f}"
    assert set(out["rules"]) == {"ours", "last_year", "in_proportion", "base_rate"}
    assert json.loads(esar("--json", "--seed", "1")) != out
