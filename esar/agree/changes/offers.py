"""What a host did to an international index, as a request to change that its holders may make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import ChangeState
from esar.agree.indexes.models import HostChange, InternationalIndex
from esar.agree.indexes.signals import HoldingKpi
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import agreed_kpi
from esar.agree.scorecards.kpi_forms import form_of_kind, kinds_with_index
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.permissions import may_ask_change, window_for
from esar.agree.scorecards.queries import visible_scorecards
from esar.agree.scorecards.states import State
from esar.kernel.problems import Problem
from esar.kernel.wording import Word, say
from esar.law.rules.book import Rules
from esar.platform.calendars.queries import Entry
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, people_with
from esar.platform.ui import books


@dataclass(frozen=True)
class ChangeOffer:
    """A KPI in force whose index its host cancelled or changed, by when a change may be asked."""

    kpi: Kpi
    change: HostChange
    window: Entry

    @property
    def path(self) -> str:
        """The page of the request, filled in from what the host did."""
        return asking_path(self.kpi, self.change)


def asking_path(kpi: Kpi, change: HostChange | None = None) -> str:
    path = reverse("changes:change-ask", args=[kpi.scorecard_id, kpi.number])
    return f"{path}?host_change={change.pk}" if change else path


def kpis_with_index() -> QuerySet[Kpi]:
    """KPIs in force of the kinds that name an index, of all years. One query."""
    kinds: set[str] = set()
    for year in books.years():
        if book := books.book(year):
            kinds |= kinds_with_index(book.on(book.year.last_day))
    kpis = Kpi.objects.filter(kind__in=kinds, scorecard__state=State.IN_FORCE, cancelled="")
    related = kpis.select_related("scorecard__body", "template__indicator")
    return related.order_by("scorecard__body__name_key", "-scorecard__fiscal_year", "number")


def kpis_of(index: InternationalIndex, kpis: QuerySet[Kpi]) -> list[Kpi]:
    """Those of some KPIs that name an index. One query."""
    return [kpi for kpi in kpis if index.code in agreed_kpi(kpi).indexes]


def holding_kpis(index: InternationalIndex, person: Any, day: date, **_: Any) -> list[HoldingKpi]:
    """The KPIs that an index serves, of those a person may see, for its page."""
    visible = kpis_with_index().filter(scorecard__in=visible_scorecards(person, day))
    change = index.host_changes.first()
    holders = []
    for kpi in kpis_of(index, visible):
        card = kpi.scorecard
        may_ask = change is not None and may_ask_change(person, card, day)
        holders.append(
            HoldingKpi(
                body=card.body,
                year=card.fiscal_year,
                number=kpi.number,
                name=kpi.template.name,
                path=reverse("scorecards:scorecard-work", args=[card.pk]),
                asks=asking_path(kpi, change) if may_ask else "",
            )
        )
    return holders


def tell_holders(change: HostChange, at: datetime, on: date, **_: Any) -> None:
    """Tell the reporters of every holder that may still ask for a change, with the request."""
    _tell_reporters(change, f"notice.index_{change.what}", at=at, on=on)


def tell_of_taking_back(change: HostChange, at: datetime, on: date, **_: Any) -> None:
    """Tell the same that it was recorded by mistake."""
    _tell_reporters(change, "notice.index_taken_back", at=at, on=on)


def _tell_reporters(change: HostChange, code: str, *, at: datetime, on: date) -> None:
    is_offer = code != "notice.index_taken_back"
    for kpi in kpis_of(change.index, kpis_with_index()):
        card = kpi.scorecard
        if window_for(card, on) is None:
            continue
        page = reverse("indexes:index", args=[change.index.code])
        tell(
            people_with(on, Role.REPORTER, body=card.body),
            code,
            path=asking_path(kpi, change) if is_offer else page,
            key=f"{code}:{change.pk}:{card.pk}:{kpi.number}",
            at=at,
            body=card.body.name_th,
            year=card.fiscal_year,
            kpi=kpi.number,
            index=change.index.name,
        )


def asked_by(change: HostChange, **_: Any) -> list[Problem]:
    """That bodies have asked for a change by what a host did, so that it is more than offered."""
    kpis = kpis_of(change.index, kpis_with_index())
    requests = list(
        ChangeRequest.objects.filter(scorecard__in=[kpi.scorecard_id for kpi in kpis]).exclude(
            state=ChangeState.WITHDRAWN
        )
    )
    names = tuple(
        f"{kpi.scorecard.body.code} {kpi.scorecard.fiscal_year} {kpi.number}"
        for kpi in kpis
        if _is_asked(kpi, change, requests)
    )
    return [Problem("index.change_is_asked_for", {"kpis": names})] if names else []


def offers_to(person: Any, day: date) -> Iterator[ChangeOffer]:
    """What a reporter's KPIs may ask for since their index's host changed it: not asked for yet.

    Few queries for each scorecard; one where no host did anything.
    """
    changes = list(HostChange.objects.select_related("index"))
    reports = bodies_of(person, day, Role.REPORTER) if changes else ()
    if not reports:
        return
    kpis = list(kpis_with_index().filter(scorecard__body__in=reports))
    cards = {kpi.scorecard_id: kpi.scorecard for kpi in kpis}
    windows = {pk: window_for(card, day) for pk, card in cards.items()}
    requests = list(ChangeRequest.objects.filter(scorecard__in=cards))
    for kpi in kpis:
        own_indexes = agreed_kpi(kpi).indexes
        window = windows[kpi.scorecard_id]
        if window is None:
            continue
        for change in changes:
            if change.index.code in own_indexes and not _is_asked(kpi, change, requests):
                yield ChangeOffer(kpi, change, window)


def _is_asked(kpi: Kpi, change: HostChange, requests: Iterable[ChangeRequest]) -> bool:
    """Whether the body has asked for a change of the KPI, on its kind's own ground, since."""
    ground = own_ground(kpi.kind, rules_of(kpi.scorecard)[1])
    return any(
        (request.scorecard_id, request.number, request.ground)
        == (kpi.scorecard_id, kpi.number, ground)
        and request.since >= change.recorded_at
        for request in requests
    )


def own_ground(kind: str, rules: Rules) -> str:
    """The ground of a change that is for a kind of KPI alone; empty where it has none."""
    form = form_of_kind(kind, rules)
    return (form.value.ground or "") if form else ""


def filled_in(kpi: Kpi, number: int | None) -> dict[str, Any]:
    """What the form of a request says at first, from what the host did; nothing for a stranger."""
    if number is None:
        return {}
    change = HostChange.objects.filter(pk=number).select_related("index").first()
    if change is None or change.index.code not in agreed_kpi(kpi).indexes:
        return {}
    figures = {
        "host": change.index.host,
        "index": change.index.name,
        "what": Word(f"host-change.{change.what}"),
        "day": change.day,
        "details": change.details,
    }
    return {
        "ground": own_ground(kpi.kind, rules_of(kpi.scorecard)[1]),
        "reason": say("change.reason_of_host", figures, "th"),
        "evidence": change.source,
        "cancels": change.what == HostChange.What.CANCELLED,
    }
