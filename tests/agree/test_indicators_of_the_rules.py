"""An indicator that a rule makes says so in a field; the beginning of a code means nothing."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from esar.agree.indicators.actions import load_listed_indicators, template_of_the_rules
from esar.agree.indicators.models import Indicator
from tests.make import AT

pytestmark = pytest.mark.django_db


def test_a_code_that_begins_like_one_is_no_indicator_of_the_rules() -> None:
    like = Indicator.objects.create(code="GIVEN-UP-001")
    version = template_of_the_rules("kpi.pmqa", "PMQA", 2567, "given", "คะแนน")

    assert (like.is_of_the_rules, version.indicator.is_of_the_rules) == (False, True)
    assert version.indicator.rule_id == "kpi.pmqa"


def test_the_rule_of_earlier_rows_is_read_from_their_codes() -> None:
    old = Indicator.objects.create(code="GIVEN-kpi.digital")
    other = Indicator.objects.create(code="DIT-001")
    name = "esar.agree.scorecards.migrations.0010_indicators_of_the_rules"
    import_module(name).read_from_codes(apps, None)
    old.refresh_from_db()
    other.refresh_from_db()

    assert (old.rule_id, other.rule_id) == ("kpi.digital", "")


def test_the_code_of_a_listed_indicator_is_whole_and_one_cut_off_before_is_known() -> None:
    """An earlier release kept 30 letters of a code: "…organisatio"; it is not listed twice."""
    cut = Indicator.objects.create(
        code="OPDC-approved-kpis-organisatio", listed_as="approved-kpis/organisation"
    )
    codes = set()
    for _ in range(2):
        load_listed_indicators(2554, at=AT)
        codes = set(Indicator.objects.exclude(pk=cut.pk).values_list("code", flat=True))

    assert {code for code in codes if code.startswith("OPDC-approved-kpis")} == {
        f"OPDC-approved-kpis-{name}"
        for name in ("plan", "satisfaction", "time", "budget", "control")
    }
    cut.delete()
    load_listed_indicators(2554, at=AT)
    assert Indicator.objects.filter(code="OPDC-approved-kpis-organisation").exists()


def test_two_rules_whose_names_begin_alike_have_an_indicator_each() -> None:
    first, second = (
        template_of_the_rules(f"4.2.improving-efficiency-{end}", end, 2561, "plan", "ร้อยละ")
        for end in ("one", "two")
    )

    assert first.indicator_id != second.indicator_id
    assert second.indicator.code == "GIVEN-4.2.improving-efficiency-two"
