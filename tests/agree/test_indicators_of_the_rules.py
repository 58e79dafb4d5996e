"""An indicator that a rule makes says so in a field; the beginning of a code means nothing."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from esar.agree.indicators.actions import template_of_the_rules
from esar.agree.indicators.models import Indicator

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
