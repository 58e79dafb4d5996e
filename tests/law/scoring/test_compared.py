"""What was kept is held against what is computed, part by part and type by type."""

from __future__ import annotations

from esar.law.scoring.compared import Difference, differences, same_figures


def test_true_is_not_one() -> None:
    there, computed = {"kpis": [{"passed": 1}]}, {"kpis": [{"passed": True}]}

    assert list(differences(there, computed)) == [Difference("kpis[0].passed", 1, True)]
    assert not same_figures(there, computed)


def test_the_order_of_keys_is_no_difference() -> None:
    assert list(differences({"total": "1", "code": "A"}, {"code": "A", "total": "1"})) == []
