"""Pages of circular letters: the list, a letter, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.platform.evidence.downloads import download_response
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.organisations.queries import by_at_on, person_of, sees_everything
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.report.letters import permissions
from esar.report.letters.forms import PaperForm
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Enclosure, Letter, Recipient
from esar.report.letters.queries import (
    content,
    enclosures_of,
    in_order,
    is_sender,
    own_recipients,
    visible_letters,
)
from esar.report.letters.receipts import actions as receipts
from esar.report.letters.tables import RecipientList

SENDERS = (Role.REPORTER, Role.APPROVER, Role.ANALYST)
SEES = (Role.REPORTER, Role.APPROVER, *OF_OPDC)


def letter_or_404(request: HttpRequest, pk: int) -> Letter:
    return get_object_or_404(visible_letters(request.user, clock.today()), pk=pk)


def sees_list(person: Any, letter: Letter) -> bool:
    """Who else gets a letter is for its sender and for OPDC."""
    day = clock.today()
    return is_sender(person, letter, day) or sees_everything(person, day)


@signed_in(*SEES)
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; for its sender, who has received it and who has not. Constant queries."""
    letter, person, day = letter_or_404(request, pk), request.user, clock.today()
    context = {
        "letter": letter,
        "enclosures": list(enclosures_of(letter)),
        "sees_list": sees_list(person, letter),
        "mine": [
            (each, bool(permissions.may_receive(person, each, day)))
            for each in own_recipients(letter, person, day).select_related("letter")
        ],
        "moves": LETTER_LIFE.possible_moves(person, letter, day),
        "seen": LETTER_LIFE.seen(letter),
        "may_edit": bool(LETTER_LIFE.may(person, letter, "edit", day)),
    }
    if context["sees_list"]:
        context |= _following(request, letter)
    return render(request, "letters/letter.html", context)


def _following(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """What only the sender and OPDC see of a letter."""
    day = clock.today()
    whole = in_order(letter)
    follows = bool(LETTER_LIFE.may(request.user, letter, "follow_up", day))
    return {
        "list": RecipientList(request, letter, follows=follows),
        "many": whole.count(),
        "received": whole.exclude(how="").count(),
        "events": timeline(letter),
        "frozen": letter.is_frozen,
        "unchanged": letter.is_frozen and digest(content(letter)) == letter.sha256,
        "may_follow_up": follows,
        "may_remind": follows and day not in (letter.sent_on, letter.reminded_on),
        "may_correct": letter.is_frozen
        and bool(permissions.may_write(request.user, letter.sender_id, day)),
    }


@signed_in(*SEES)
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as an official one on A4, with the list of who gets it for those who see it."""
    letter = letter_or_404(request, pk)
    recipients = list(in_order(letter)) if sees_list(request.user, letter) else []
    context = {
        "letter": letter,
        "enclosures": list(enclosures_of(letter)),
        "recipients": recipients,
    }
    return render(request, "letters/print.html", context)


@signed_in(*SEES)
@require_safe
def receipts_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Who gets a letter, who has received it, when and how. One query for the rows."""
    letter = letter_or_404(request, pk)
    if not sees_list(request.user, letter):
        raise Http404
    return RecipientList(request, letter).file(kind)


@signed_in(*SEES)
@require_safe
def download(request: HttpRequest, pk: int, enclosure: int) -> HttpResponseBase:
    letter = letter_or_404(request, pk)
    file = get_object_or_404(Enclosure.objects.select_related("file"), pk=enclosure, letter=letter)
    return download_response(request, file.file, file.name)


@signed_in(*SENDERS)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_or_404(request, pk)
    many = receipts.remind(letter, **by_at_on(request))
    tell(request, "page.letter_reminded", many=many)
    return redirect("letters:letter", pk)


@signed_in(*SENDERS)
@require_POST
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """New personal links, of one office or of all without an address; shown in this answer only."""
    letter = letter_or_404(request, pk)
    number = number_of(request.POST.get("recipient", ""))
    recipients = in_order(letter).filter(how="", body=None)
    recipients = recipients.filter(email="") if number is None else recipients.filter(pk=number)
    new_links = receipts.make_links(letter, recipients, **by_at_on(request))
    answer = render(request, "letters/links.html", {"letter": letter, "made": new_links})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in(Role.REPORTER, Role.APPROVER)
@require_POST
def receive(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """A body's own person says that it has the letter."""
    letter, person, day = letter_or_404(request, pk), request.user, clock.today()
    own_recipient = get_object_or_404(
        own_recipients(letter, person, day).select_related("letter"), pk=recipient
    )
    receipts.receive(own_recipient, by=person, at=clock.now(), on=day)  # type: ignore[arg-type]
    tell(request, "page.letter_received_now", name=str(own_recipient))
    return redirect("letters:letter", pk)


@signed_in(*SENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """Write down a receipt that came on paper."""
    letter, person, day = letter_or_404(request, pk), person_of(request), clock.today()
    require(LETTER_LIFE.may(person, letter, "follow_up", day))
    recipients = Recipient.objects.select_related("body", "letter__sender")
    recipient_row = get_object_or_404(recipients, pk=recipient, letter=letter)
    form = PaperForm(request.POST if request.method == "POST" else None, initial={"day": day})
    if request.method == "POST" and form.is_valid():
        receipt = form.cleaned_data
        with form.refusing():
            receipts.receive_on_paper(
                recipient_row, receipt["receiver"], receipt["day"], **by_at_on(request)
            )
            tell(request, "page.letter_received_now", name=str(recipient_row))
            return redirect("letters:letter", pk)
    context = {"letter": letter, "recipient": recipient_row, "form": form}
    return form_page(request, form, "letters/paper.html", context)
