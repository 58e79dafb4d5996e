"""Pages of a draft: its words, its files, and who gets it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say, thai_date
from esar.platform.evidence import actions as files
from esar.platform.evidence.attachments import tell_attached
from esar.platform.evidence.models import StoredFile
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import by_at_on, evaluated_bodies, groups
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import asked_for, number_of, numbers_of, page_of
from esar.platform.ui.telling import tell
from esar.report.letters import actions, permissions
from esar.report.letters.forms import LetterForm, NewForm, OfficesForm
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import FIELDS, Enclosure, Letter, Recipient
from esar.report.letters.offices import Office
from esar.report.letters.queries import bodies_to_add, in_order
from esar.report.letters.states import READ_BY_OTHERS
from esar.report.letters.views import letter_or_404

WRITERS = (Role.REPORTER, Role.ANALYST)
KINDS = (Body.Kind.PROVINCE, Body.Kind.DEPARTMENT)


@signed_in(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a letter; with `?corrects=`, one that puts right a letter that was sent."""
    person: Any = request.user
    day = clock.today()
    old = _corrected(request)
    may = permissions.senders_for(person, day)
    senders: list[Body | None] = list(
        Body.objects.filter(pk__in=[pk for pk in may if pk is not None])
    )
    senders += [None] if None in may else []
    if old is not None:
        require(permissions.may_write(person, old.sender_id, day))
        senders = [old.sender]
    data = request.POST if request.method == "POST" else None
    form = NewForm(data, senders=senders, initial=_of_old(old) if old else {})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["sender"]
        sender = next(one for one in senders if (one.code if one else "") == code)
        with form.refusing():
            letter = actions.write(sender, form.cleaned_data, **by_at_on(request), corrects=old)
            if old is not None:
                _address_as(old, letter, person)
            tell(request, "page.letter_saved")
            return redirect("letters:letter", letter.pk)
    context = {"form": form, "corrects": old}
    return render(request, "letters/write.html", context, status=422 if data else 200)


def _corrected(request: HttpRequest) -> Letter | None:
    pk = number_of(request.GET.get("corrects", ""))
    old = letter_or_404(request, pk) if pk is not None else None
    if old is not None and old.state not in READ_BY_OTHERS:
        raise Refused([Problem("letter.corrects_another")])
    return old


def _of_old(old: Letter) -> dict[str, Any]:
    """What a correction has from the letter before it; it refers to that by number and day."""
    fields = {name: getattr(old, name) for name in FIELDS if name not in ("number", "dated")}
    dated = thai_date(old.dated) if old.dated else ""
    return fields | {
        "refers": say("letter.refers_to", {"number": old.number, "dated": dated}, "th")
    }


def _address_as(old: Letter, new_one: Letter, person: Any) -> None:
    """To all who got the letter that is corrected."""
    recipients = list(in_order(old))
    bodies = [one.body for one in recipients if one.body]
    offices = [Office(one.name, one.email) for one in recipients if not one.body]
    actions.address(new_one, bodies, offices, by=person, at=clock.now(), on=clock.today())


@signed_in(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter, day = letter_or_404(request, pk), clock.today()
    person: Any = request.user
    require(LETTER_LIFE.may(person, letter, "edit", day))
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(letter, name) for name in FIELDS} | {
        "seen": actions.mark_of_letter(letter)
    }
    form = LetterForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.edit(letter, form.cleaned_data, **by_at_on(request))
            tell(request, "page.letter_saved")
            return redirect("letters:letter", pk)
    context = {"form": form, "letter": letter, "corrects": letter.corrects}
    return render(request, "letters/write.html", context, status=422 if data else 200)


@signed_in(*WRITERS)
@require_POST
def enclose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file in a draft."""
    letter, on, at = letter_or_404(request, pk), clock.today(), clock.now()
    person: Any = request.user
    require(LETTER_LIFE.may(person, letter, "edit", on))
    sent: Any = request.FILES.get("file")
    if sent is None:
        raise Refused([Problem("letter.no_file")])

    def then(stored: StoredFile, name: str) -> Enclosure:
        return actions.enclose(letter, stored, name, by=person, at=at, on=on)

    row = files.receive(sent, subject=f"letter:{pk}", by=person, at=at, then=then)
    tell_attached(request, row, at)
    return redirect("letters:letter", pk)


@signed_in(*WRITERS)
@require_POST
def take_out(request: HttpRequest, pk: int, enclosure: int) -> HttpResponse:
    letter = letter_or_404(request, pk)
    file = get_object_or_404(
        Enclosure.objects.select_related("letter", "file"), pk=enclosure, letter=letter
    )
    name = file.name
    actions.take_out(file, **by_at_on(request))
    tell(request, "page.file_removed", name=name)
    return redirect("letters:letter", pk)


def _candidates(request: HttpRequest, letter: Letter) -> tuple[dict[str, str], QuerySet[Body]]:
    """What the writer searched the registry for, and who of it does not get the letter yet."""
    choice = asked_for(request, "name")
    bodies = evaluated_bodies(text=choice["text"], kind=choice["kind"], group=choice["group"])
    return choice, bodies_to_add(letter, bodies)


@signed_in(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets a draft: bodies of the registry to tick, and a list of offices to paste (a POST)."""
    letter, day = letter_or_404(request, pk), clock.today()
    person: Any = request.user
    require(LETTER_LIFE.may(person, letter, "edit", day))
    sent = request.method == "POST"
    form = OfficesForm(*((request.POST, request.FILES) if sent else ()))
    if sent and form.is_valid():
        with form.refusing():
            return _added(request, letter, [], form.offices())
    choice, candidates = _candidates(request, letter)
    context = choice | {
        "letter": letter,
        "form": form,
        "page": page_of(request, candidates),
        "kinds": KINDS,
        "groups": groups(),
        "recipients": list(in_order(letter)),
        "searched": bool(choice["query"]),
    }
    return render(request, "letters/recipients.html", context, status=422 if sent else 200)


def _added(
    request: HttpRequest, letter: Letter, bodies: list[Body], offices: list[Office]
) -> HttpResponse:
    many = actions.address(letter, bodies, offices, **by_at_on(request))
    tell(request, "page.letter_addressed", many=many)
    return redirect("letters:letter-recipients", letter.pk)


@signed_in(*WRITERS)
@require_POST
def add_bodies(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that were ticked, or with `all` every one that the search found."""
    letter = letter_or_404(request, pk)
    _, candidates = _candidates(request, letter)
    if request.POST.get("all") != "1":
        candidates = candidates.filter(pk__in=numbers_of(request, "body"))
    return _added(request, letter, list(candidates), [])


@signed_in(*WRITERS)
@require_POST
def remove_recipient(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    letter = letter_or_404(request, pk)
    recipients = Recipient.objects.select_related("letter", "body")
    addressee = get_object_or_404(recipients, pk=recipient, letter=letter)
    name = str(addressee)
    actions.remove_recipient(addressee, **by_at_on(request))
    tell(request, "page.letter_recipient_removed", name=name)
    return redirect("letters:letter-recipients", pk)
