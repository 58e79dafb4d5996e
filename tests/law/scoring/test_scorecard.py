"""What a scorecard scores, and what it says where there is no score."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from esar.kernel.problems import Refused
from esar.law.scoring.facts import Kpi, Measured, Scorecard
from tests.law.scoring.make import card_2567, given, kpi_of, measured, scored

GOOD = measured("80 85 90", "95")
D = Decimal


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_zero_not_reported_not_due_and_not_applicable_are_four_different_things() -> None:
    left_out = replace(Kpi("2", "performance", D(20), GOOD), not_applicable="มติ 1/2567")
    card = card_2567(measured("80 85 90", "0"), weight="50", pmqa=None, more=(left_out,))

    full_year, half_year = scored(card), scored(replace(card, round="6m"))

    assert {k.kpi.id: (k.status, k.points) for k in full_year.kpis} == {
        "1": ("reported", D("0.0000")),
        "2": ("not_applicable", None),
        "2.1": ("reported", D("100.0000")),
        "2.2": ("not_reported", D("0.0000")),
    }
    assert [k.status for k in half_year.kpis] == [
        "reported",
        "not_applicable",
        "not_due",
        "not_due",
    ]


def test_a_kpi_of_weight_20_without_a_result_scores_0_of_20_and_says_so() -> None:
    digital = kpi_of(scored(card_2567(GOOD, digital=None)), "2.1")

    assert (digital.status, digital.weight, digital.weighted) == ("not_reported", 20, 0)
    assert digital.steps[0].text("en") == (
        "Not reported, so 0.0000 points (this is not a result of zero)."
    )


def test_the_total_is_the_exact_sum_rounded_once_to_two_decimals() -> None:
    result = scored(card_2567(measured("0 3 6", "1"), digital="99.8", pmqa="0.05"))

    # 50 + 25 × 1/3 = 58.3333; × 70 % = 40.833310; + 19.960000 + 0.005000 = 60.798310
    assert [k.weighted for k in result.kpis] == [D("40.833310"), D("19.960000"), D("0.005000")]
    assert str(result.total) == "60.80"


def test_the_weight_of_a_kpi_left_out_goes_to_its_component_in_proportion() -> None:
    more = (
        Kpi("2", "performance", D(20), GOOD),
        replace(Kpi("3", "performance", D(20), GOOD), not_applicable="มติ 2/2567"),
    )
    result = scored(card_2567(GOOD, weight="30", more=more))

    assert [kpi_of(result, name).weight for name in ("1", "2", "2.1")] == [D(42), D(28), D(20)]
    assert result.total == D("100.00")


def test_redistributed_weights_keep_their_sum_to_the_last_digit() -> None:
    more = (
        Kpi("2", "performance", D(20), GOOD),
        Kpi("3", "performance", D(20), GOOD),
        replace(Kpi("4", "performance", D(10), GOOD), not_applicable="มติ 3/2567"),
    )
    result = scored(card_2567(GOOD, weight="20", more=more))
    weights = [kpi_of(result, name).weight for name in ("1", "2", "3")]

    assert weights == [D("23.3334"), D("23.3333"), D("23.3333")]


def test_the_only_kpi_of_a_component_gives_its_weight_to_the_component_above() -> None:
    card = card_2567(GOOD)
    kpis = tuple(replace(k, not_applicable="มติ 4/2567") if k.id == "2.2" else k for k in card.kpis)

    assert kpi_of(scored(replace(card, kpis=kpis)), "2.1").weight == D(30)


def test_a_scorecard_with_nothing_left_is_refused() -> None:
    card = card_2567(GOOD)
    kpis = tuple(replace(k, not_applicable="มติ 5/2567") for k in card.kpis)

    with pytest.raises(Refused) as refused:
        scored(replace(card, kpis=kpis))
    assert codes(refused) == ["score.no_heir"] * 3


def test_the_six_month_round_counts_what_is_due_and_gives_no_grade() -> None:
    result = scored(card_2567(GOOD, round_id="6m"))

    assert (result.total, result.out_of, result.grade) == (D("70.00"), D("70"), None)


def test_a_component_that_is_not_due_may_be_left_out_whole() -> None:
    card = card_2567(GOOD, round_id="6m")
    alone = replace(card, kpis=card.kpis[:1])

    assert (scored(alone).total, scored(alone).out_of) == (D("70.00"), D("70"))
    with pytest.raises(Refused) as refused:
        scored(replace(alone, round="12m"))
    assert codes(refused) == ["score.component_weights"] * 2


def test_every_mistake_is_reported_at_once() -> None:
    kpis = (
        Kpi("1", "performance", D(70), measured("90 85 80", "1")),
        Kpi("1", "nowhere", D("-1"), given("101")),
        Kpi("3", None, None, measured("1 2", "1")),
    )
    with pytest.raises(Refused) as refused:
        scored(Scorecard(2567, "department", "กรมทดสอบ", "12m", kpis))

    assert sorted(codes(refused)) == sorted(
        [
            "score.kpi_twice",
            "score.targets_do_not_rise",
            "score.unknown_component",
            "score.weight_out_of_range",
            "score.score_out_of_range",
            "score.no_component",
            "score.no_weight",
            "score.number_of_targets",
        ]
    )


def test_weights_of_99_99_are_refused_with_the_component_and_the_clause() -> None:
    with pytest.raises(Refused) as refused:
        scored(card_2567(GOOD, weight="69.99"))
    (problem,) = refused.value.problems

    assert (problem.code, problem.figures["found"], problem.figures["expected"]) == (
        "score.component_weights",
        D("69.99"),
        D("70"),
    )
    assert "2.3.2.1" in problem.clause.th


def test_an_unusual_number_of_kpis_is_a_warning_not_an_error() -> None:
    result = scored(card_2567(GOOD))

    assert [warning.code for warning in result.warnings] == ["score.kpi_count"]


def test_an_unknown_round_or_class_of_body_names_the_known_ones() -> None:
    card = card_2567(GOOD)
    for wrong in (replace(card, round="9m"), replace(card, body_kind="university")):
        with pytest.raises(Refused) as refused:
            scored(wrong)
        assert refused.value.problems[0].figures["known"] in ("6m, 12m", "department, province")


def test_every_step_names_its_rule_and_rests_on_a_clause_or_a_stated_assumption() -> None:
    result = scored(card_2567(measured("26 23 20", "25", "lower"), pmqa=None))
    steps = [step for kpi in result.kpis for step in kpi.steps] + list(result.steps)

    assert all(step.rule and (step.cites or step.assumed) for step in steps)
    assert all(step.text("th") and step.text("en") for step in steps)


def test_the_order_of_kpis_changes_no_figure() -> None:
    card = card_2567(measured("0 3 6", "1"), digital="87.3333")
    turned = replace(card, kpis=tuple(reversed(card.kpis)))
    points = {k.kpi.id: k.weighted for k in scored(card).kpis}

    assert scored(turned).total == scored(card).total
    assert {k.kpi.id: k.weighted for k in scored(turned).kpis} == points


@pytest.mark.parametrize("name", ["performance", "1", "Performance Base"])
def test_a_component_may_be_named_by_its_id_its_number_or_its_label(name: str) -> None:
    card = card_2567(GOOD)
    kpis = (replace(card.kpis[0], component=name), *card.kpis[1:])

    assert scored(replace(card, kpis=kpis)).kpis[0].kpi.component == "performance"


def test_facts_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Measured("higher", (), None).actual = D(1)  # type: ignore[misc]
