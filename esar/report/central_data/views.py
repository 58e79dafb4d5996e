"""Pages of the values: a body's own, an owner's, and for OPDC all."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.kernel.wording import figure
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.year import round_year
from esar.report.central_data.models import CentralValue
from esar.report.central_data.queries import (
    objections_of,
    set_of,
    versions_of,
    visible_values,
)
from esar.report.central_data.tables import shown

SEES = (Role.REPORTER, Role.APPROVER, Role.CENTRAL_OWNER, *OF_OPDC)


def _years(request: HttpRequest, day: date) -> list[int]:
    """The year of the list; of all of them, the one worked on and the one that was just over."""
    year, now = round_year(request), books.year_of(day)
    return [year] if year else [now, now - 1]


@signed_in(*SEES)
@require_safe
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's value with every one before it, the objections and what happened."""
    day = clock.today()
    value = get_object_or_404(visible_values(request.user, day), pk=pk)
    versions = list(versions_of(value))
    objected = objections_of(versions)
    rows = [shown(request.user, version, objected.get(version.pk), day) for version in versions]
    context = {
        "newest": rows[0],
        "rows": rows,
        "body": value.body,
        "year": value.fiscal_year,
        "set": rows[0].set,
        "title": title_of(value),
        "day": day,
        "events": timeline(*versions, *objected.values()),
    }
    return render(request, "central_data/value.html", context)


def title_of(value: CentralValue) -> str:
    """What the value is of, in the reader's language."""
    of = set_of(value)
    return figure(of.rule.label, get_language() or "th") if of else value.rule_id
