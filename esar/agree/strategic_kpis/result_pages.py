"""The pages of what hosts report of their strategic KPIs: those of a small life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.agree.strategic_kpis.achieved import owed_by, strategic_law
from esar.agree.strategic_kpis.forms import ResultForm
from esar.agree.strategic_kpis.life import RESULT_FILES, STRATEGIC_RESULT_LIFE
from esar.agree.strategic_kpis.models import StrategicResult
from esar.platform.lifecycle.pages import LifePages, Said
from esar.platform.organisations.queries import bodies_with
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.templatetags.words import name_of, plain
from esar.platform.ui.year import chosen_year


def strategic_link(result: StrategicResult) -> SafeString:
    address = reverse("strategic_kpis:strategic", args=[result.strategic_id])
    return format_html('<a href="{}">{}</a>', address, result.strategic)


def with_unit(result: StrategicResult) -> str:
    return f"{plain(result.value)} {result.strategic.unit}"


def target_words(result: StrategicResult) -> str:
    target = result.strategic.target_in(result.fiscal_year)
    return "–" if target is None else f"{plain(target)} {result.strategic.unit}"


def scored_words(result: StrategicResult) -> Any:
    law = strategic_law(result.fiscal_year)
    scored = law is not None and law.value.scored
    return _("strategic-result.scored" if scored else "strategic-result.monitored")


class StrategicResultPages(LifePages[StrategicResult]):
    """Written by a host's reporter, read by the host and OPDC."""

    life, form = STRATEGIC_RESULT_LIFE, ResultForm
    page_template = "strategic_kpis/result.html"
    says = (
        Said("fiscal_year", listed=True),
        Said("strategic", "strategic.code", whole=strategic_link, listed=True),
        Said("value", whole=with_unit, listed=True, as_=plain),
        Said("target_of_year", "fiscal_year", whole=target_words),
        Said("result_counts", "fiscal_year", whole=scored_words),
        Said("result_note", "note"),
    )

    def begins(self) -> Iterator[tuple[Any, str]]:
        """The board for all who come here; a new one for who reports for a host."""
        yield _("page.strategic_board"), reverse("strategic_kpis:board")
        year, reader = chosen_year(self.request), self.reader
        for body in bodies_with(reader.person, reader.day, *self.life.moves["begin"].roles):
            if owed_by(body, year).exists():
                address = reverse(f"{self.life.page}-new", args=[body.code, year])
                yield self.new_words(name_of(body), year), address

    @classmethod
    def beside(cls, request: HttpRequest, thing: StrategicResult) -> dict[str, Any]:
        return RESULT_FILES.for_page(request, thing)
