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
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.beginnings import begun_already
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

    `fields` are those of LISTED, the year and `seen`, the mark of the text the writer had. A text
    that a scorecard holds, or another year's, is not touched: a new version is made.
    Errors: Refused without the right; Conflict when someone else has saved another text since.
    """
    require(may_keep_list(by, indicator, on))
    typed = {name: fields[name] for name in (*LISTED, "fiscal_year")}
    if indicator is None:
        on_the_list = IndicatorVersion.objects.filter(number=1).exclude(indicator__listed_as="")
        if begun := begun_already(on_the_list, by=by, **typed):
            return begun
        indicator = Indicator.objects.create(code=_next_listed_code(fields["fiscal_year"]))
        Indicator.objects.filter(pk=indicator.pk).update(listed_as=indicator.code)
        version = IndicatorVersion.objects.create(indicator=indicator, number=1, **typed)
        record("indicator.listed", indicator, by=by, at=at, after=typed)
        return version
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    newest = IndicatorVersion.objects.filter(indicator=indicator).order_by("-number")[0]
    present = listed_text(newest)
    savings = Event.objects.filter(subject_kind="indicator", subject_id=str(indicator.pk))
    if not is_new_text(
        present,
        typed,
        seen=fields.get("seen"),
        now=mark_of(present),
        by=by,
        saved=SavedByLog(savings.filter(verb__in=("indicator.listed", "indicator.changed"))),
        kind="indicator",
        indicator=indicator.code,
    ):
        return newest
    is_used = Kpi.objects.filter(template=newest).exists()
    if is_used or newest.fiscal_year != typed["fiscal_year"]:
        texts = {field: getattr(newest, field) for field in TEMPLATE_FIELDS}
        newest = IndicatorVersion.objects.create(
            indicator=indicator, number=newest.number + 1, **(texts | typed)
        )
    else:
        IndicatorVersion.objects.filter(pk=newest.pk).update(**typed)
        newest.refresh_from_db()
    record("indicator.changed", indicator, by=by, at=at, before=present, after=typed)
    return newest


def _next_listed_code(year: int) -> str:
    """The next code of what OPDC lists by hand in a year. Of two at once, the code's own
    uniqueness lets one through."""
    prefix = f"OPDC-{year}-"
    return f"{prefix}{Indicator.objects.filter(code__startswith=prefix).count() + 1:03d}"
