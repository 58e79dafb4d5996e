"""A year's released results as an open data package, built when asked for and kept for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from esar.exchange.packaging.build import packed
from esar.exchange.packaging.edition import Edition, Entry, SelfEvaluated
from esar.judge.results.facts import card_of
from esar.judge.results.models import Result
from esar.judge.results.queries import released
from esar.judge.results.rulebooks import folder_of
from esar.law.rules.numbers import trimmed
from esar.law.rules.text import Text, worded
from esar.platform.history.checkpoints.queries import first_with
from esar.platform.history.models import Event
from esar.report.self_evaluations.models import SelfEvaluation
from esar.report.self_evaluations.states import PUT

KEPT_SECONDS = 24 * 3600
PUBLISHER = worded("package-table.office_of_the_public_sector")


@dataclass(frozen=True)
class Package:
    """The zip, its sha256, and how many results it holds."""

    content: bytes
    sha256: str
    count: int


def package_of(year: int) -> Package | None:
    """The package of a year; None when nothing of it is released.

    Errors: Refused when a result does not recompute to what was released; LookupError when the
    rulebook that they were computed under was not kept.
    """
    results = released().filter(fiscal_year=year)
    state = results.aggregate(Count("pk"), Max("released_at"), Max("pk"))
    if not state["pk__count"]:
        return None
    apart = list(_apart(year))
    key = hashlib.sha256(repr((year, sorted(state.items()), apart)).encode()).hexdigest()
    released_by = cache.get_or_set(f"released-by:{key}", lambda: _last_release(year), KEPT_SECONDS)
    checkpoint = first_with(released_by) if released_by else None
    key = f"package:{key}:{checkpoint.size if checkpoint else 0}"
    package: Package | None = cache.get(key)
    if package is None:
        package = _built(year, checkpoint.note if checkpoint else "", apart)
        cache.set(key, package, KEPT_SECONDS)
    return package


def _last_release(year: int) -> int:
    """The number of the event that released the last of the year's results; 0 for none."""
    results = released().filter(fiscal_year=year).values_list("pk", flat=True)
    events = Event.objects.filter(
        verb="result.release", subject_kind="result", subject_id__in=map(str, results)
    )
    return events.aggregate(last=Max("number"))["last"] or 0


def _apart(year: int) -> Iterator[SelfEvaluated]:
    """What was put to the Prime Minister of bodies that evaluate themselves. One query."""
    rows = SelfEvaluation.objects.filter(fiscal_year=year, state=PUT).select_related("body")
    for row in rows.order_by("body__code", "round_id"):
        assert row.put_on is not None, "the database has a day for what was put"
        yield SelfEvaluated(
            row.body.code,
            row.round_id,
            Text(row.body.name_th, row.body.name_en),
            None if row.total is None else f"{trimmed(row.total):f}",
            None if row.scale is None else f"{trimmed(row.scale):f}",
            row.grade,
            row.put_on,
            row.is_demo,
        )


def _built(year: int, checkpoint: str, apart: list[SelfEvaluated]) -> Package | None:
    results = list(
        released()
        .filter(fiscal_year=year)
        .exclude(inputs={})
        .select_related("body__parent")
        .order_by("body__code", "round_id")
    )
    if not results:
        return None
    title = worded("package-table.title", year=year)
    issued = max(timezone.localdate(one.released_at) for one in results)
    address = settings.SITE_ADDRESS + reverse("public:data", args=[year])
    edition = Edition(year, title, PUBLISHER, issued, site=address)
    newest = max(results, key=lambda one: one.computed_at).rulebook_sha256
    older = {one.rulebook_sha256 for one in results} - {newest}
    with ExitStack() as stack:
        folder = stack.enter_context(folder_of(newest))
        folders = [stack.enter_context(folder_of(sha256)) for sha256 in sorted(older)]
        entries = [_entry(one) for one in results]
        content = packed(
            edition, entries, folder, checkpoint, older=folders, self_evaluations=apart
        )
    return Package(content, hashlib.sha256(content).hexdigest(), len(results))


def _entry(result: Result) -> Entry:
    totals = result.stages.get("totals", {})
    assessed = (  # an office that is both levels has the later total alone
        totals.get("minister") or totals.get("prime_minister") or totals.get("preliminary")
    )
    parent = result.body.parent
    return Entry(
        scorecard=card_of(result),
        explanation=result.explanation,
        released_on=timezone.localdate(result.released_at),
        number=result.number,
        reason=result.reason,
        name=Text(result.body.name_th, result.body.name_en),
        is_demo=result.is_demo,
        self_total=totals.get("self"),
        assessed_total=assessed,
        final_total=f"{result.explanation['total']}",
        kind=result.body.kind,
        parent=parent.code if parent else "",
    )
