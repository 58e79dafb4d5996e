"""Writes to OPDC's list of indicators."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.indicators.models import TEMPLATE_FIELDS, Indicator, IndicatorVersion
from esar.agree.indicators.queries import LISTED
from esar.agree.library.permissions import may_keep_list
from esar.agree.library.queries import listed_text
from esar.agree.scorecards.models import Kpi
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person


@transaction.atomic
def save_listed(
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    indicator: Indicator | None = None,
) -> IndicatorVersion:
    """Put an indicator on OPDC's list of a fiscal year, or change its text there.

    `fields` are those of LISTED, the year and `seen`, the digest of the text the writer had. A
    text that a scorecard holds, or another year's, is not touched: a new version is made.
    Errors: Refused without the right, or when someone else has changed it since.
    """
    require(may_keep_list(by, indicator, on))
    text = {name: fields[name] for name in (*LISTED, "fiscal_year")}
    if indicator is None:
        year = fields["fiscal_year"]
        indicator = Indicator.objects.create(code=_next_listed_code(year))
        Indicator.objects.filter(pk=indicator.pk).update(listed_as=indicator.code)
        made = IndicatorVersion.objects.create(indicator=indicator, number=1, **text)
        record("indicator.listed", indicator, by=by, at=at, after=text)
        return made
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    newest = IndicatorVersion.objects.filter(indicator=indicator).order_by("-number")[0]
    old = listed_text(newest)
    if fields.get("seen") not in (None, "", digest(old)):
        raise Refused([Problem("indicator.changed_meanwhile", {"indicator": indicator.code})])
    if old == text:
        return newest
    held = Kpi.objects.filter(template=newest).exists()
    if held or newest.fiscal_year != text["fiscal_year"]:
        kept = {field: getattr(newest, field) for field in TEMPLATE_FIELDS}
        newest = IndicatorVersion.objects.create(
            indicator=indicator, number=newest.number + 1, **(kept | text)
        )
    else:
        IndicatorVersion.objects.filter(pk=newest.pk).update(**text)
        newest.refresh_from_db()
    record("indicator.changed", indicator, by=by, at=at, before=old, after=text)
    return newest


def _next_listed_code(year: int) -> str:
    """The next code of what OPDC lists by hand in a year. Of two at once, the code's own
    uniqueness lets one through."""
    prefix = f"OPDC-{year}-"
    return f"{prefix}{Indicator.objects.filter(code__startswith=prefix).count() + 1:03d}"
