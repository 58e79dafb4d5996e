"""A year's released results as an open data package, built when asked for and kept for a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from esar.exchange.packaging.build import packed
from esar.exchange.packaging.edition import Edition, Entry
from esar.judge.results.facts import card_of
from esar.judge.results.models import Result
from esar.judge.results.queries import released
from esar.judge.results.rulebooks import folder_of
from esar.law.rules.text import Text

KEPT_SECONDS = 24 * 3600
PUBLISHER = Text("สำนักงาน ก.พ.ร.", "Office of the Public Sector Development Commission")


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
    found = released().filter(fiscal_year=year)
    state = found.aggregate(Count("pk"), Max("released_at"), Max("pk"))
    if not state["pk__count"]:
        return None
    key = "package:" + hashlib.sha256(repr((year, sorted(state.items()))).encode()).hexdigest()
    kept: Package | None = cache.get(key)
    if kept is None:
        kept = _built(year)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _built(year: int) -> Package | None:
    results = list(
        released()
        .filter(fiscal_year=year)
        .exclude(inputs={})
        .select_related("body__parent")
        .order_by("body__code", "round_id")
    )
    if not results:
        return None
    title = Text(f"ผลการประเมินการปฏิบัติราชการ ปีงบประมาณ พ.ศ. {year}", f"Agency evaluation, {year}")
    issued = max(timezone.localdate(one.released_at) for one in results)
    address = settings.SITE_ADDRESS + reverse("public:data", args=[year])
    edition = Edition(year, title, PUBLISHER, issued, site=address)
    newest = max(results, key=lambda one: one.computed_at).rulebook_sha256
    with folder_of(newest) as folder:
        content = packed(edition, [_entry(one) for one in results], folder)
    return Package(content, hashlib.sha256(content).hexdigest(), len(results))


def _entry(one: Result) -> Entry:
    totals = one.stages.get("totals", {})
    assessed = totals.get("minister") or totals.get("preliminary")
    parent = one.body.parent
    return Entry(
        scorecard=card_of(one),
        explanation=one.explanation,
        released_on=timezone.localdate(one.released_at),
        number=one.number,
        reason=one.reason,
        name=Text(one.body.name_th, one.body.name_en),
        is_demo=one.is_demo,
        self_total=totals.get("self"),
        assessed_total=assessed,
        final_total=f"{one.explanation['total']}",
        kind=one.body.kind,
        parent=parent.code if parent else "",
    )
