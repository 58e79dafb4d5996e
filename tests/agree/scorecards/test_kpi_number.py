"""The number of a KPI is one, however it is typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from esar.agree.scorecards.forms import KpiNumber


@pytest.mark.parametrize("typed", ["1.1", "๑.๑", " ๑. ๑ ", "1.\u00a01", "1.1\u200b"])
def test_it_is_kept_in_one_spelling(typed: str) -> None:
    assert KpiNumber().clean(typed) == "1.1"


@pytest.mark.parametrize("typed", ["1..1", "1.", "ก.1", "1,1", "1.1.1.1", "1111"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        KpiNumber().clean(typed)
