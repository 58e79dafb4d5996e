"""What OPDC must still be told of, and its secretaries before the days run out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from esar.agree.changes.life import acts_of, committee_at
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import ChangeState
from esar.agree.scorecards.permissions import window_for, windows_are_for_telling
from esar.platform.calendars.queries import Entry
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import people_with

BEFORE_TELLING = (ChangeState.OPINION, ChangeState.DECIDE, ChangeState.TELL)


def to_be_told(committees: Iterable[Committee], day: date) -> list[tuple[ChangeRequest, Entry]]:
    """Requests of which these committees must tell OPDC, decided or not, with their window."""
    of_committees = {committee.pk for committee in committees}
    return [
        (change, window)
        for change, committee, window in _waiting(day)
        if committee.pk in of_committees
    ]


def remind_to_tell(*, on: date, at: datetime) -> int:
    """Tell secretaries, every day from the window's day of warning, what waits. How many."""
    by_committee: dict[tuple[Committee, date], list[ChangeRequest]] = {}
    for change, committee, window in _waiting(on):
        if window.warn_from is not None and window.warn_from <= on <= window.last:
            by_committee.setdefault((committee, window.last), []).append(change)
    for (committee, last), changes in by_committee.items():
        to_tell = sum(change.state == ChangeState.TELL for change in changes)
        tell(
            people_with(on, Role.SECRETARY, committee=committee),
            "notice.change_to_tell",
            path=reverse("changes:changes"),
            key=f"change-to-tell:{committee.pk}:{last}:{on}",
            at=at,
            day=last.isoformat(),
            to_tell=to_tell,
            undecided=len(changes) - to_tell,
        )
    return sum(map(len, by_committee.values()))


def _waiting(day: date) -> list[tuple[ChangeRequest, Committee, Entry]]:
    """Every request of which OPDC is still to be told, whose turn it is, and by when."""
    requests = ChangeRequest.objects.filter(state__in=BEFORE_TELLING, told_on=None)
    waiting = []
    for change in requests.select_related("scorecard__body__parent").order_by("since", "pk"):
        committee, window = committee_at(change), window_for(change.scorecard, day)
        is_due = windows_are_for_telling(change.scorecard) and _is_yet_to_be_told(change)
        if committee and window and is_due:
            waiting.append((change, committee, window))
    return waiting


def _is_yet_to_be_told(change: ChangeRequest) -> bool:
    """Whether the notice to OPDC is a step of its route that is still to come."""
    acts = acts_of(change)
    return change.state in acts and "tell" in acts[acts.index(change.state) :]
