"""Pages of a draft: its words, its files, and who gets it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import thai_date
from esar.platform.evidence import actions as files
from esar.platform.evidence.models import StoredFile
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import evaluated_bodies, groups, person_of
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
    me: Any = request.user
    day = clock.today()
    old = _corrected(request)
    may = permissions.senders_for(me, day)
    senders: list[Body | None] = list(
        Body.objects.filter(pk__in=[pk for pk in may if pk is not None])
    )
    senders += [None] if None in may else []
    if old is not None:
        require(permissions.may_write(me, old.sender_id, day))
        senders = [old.sender]
    data = request.POST if request.method == "POST" else None
    form = NewForm(data, senders=senders, initial=_of_old(old) if old else {})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["sender"]
        sender = next(one for one in senders if (one.code if one else "") == code)
        made = actions.write(sender, form.cleaned_data, by=me, at=clock.now(), on=day, corrects=old)
        if old is not None:
            _address_as(old, made, me)
        tell(request, "page.letter_saved")
        return redirect("letters:letter", made.pk)
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
    said = {name: getattr(old, name) for name in FIELDS if name not in ("number", "dated")}
    dated = thai_date(old.dated) if old.dated else ""
    return said | {"refers": f"หนังสือ ที่ {old.number} ลงวันที่ {dated}"}


def _address_as(old: Letter, new_one: Letter, person: Any) -> None:
    """To all who got the letter that is corrected."""
    listed = list(in_order(old))
    bodies = [one.body for one in listed if one.body]
    offices = [Office(one.name, one.email) for one in listed if not one.body]
    actions.address(new_one, bodies, offices, by=person, at=clock.now(), on=clock.today())


@signed_in(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    one, day = letter_or_404(request, pk), clock.today()
    me: Any = request.user
    require(LETTER_LIFE.may(me, one, "edit", day))
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(one, name) for name in FIELDS} | {"seen": actions.mark_of_letter(one)}
    form = LetterForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(one, form.cleaned_data, by=me, at=clock.now(), on=day)
        except Refused as refused:
            form.refuse(refused.problems)
        else:
            tell(request, "page.letter_saved")
            return redirect("letters:letter", pk)
    context = {"form": form, "letter": one, "corrects": one.corrects}
    return render(request, "letters/write.html", context, status=422 if data else 200)


@signed_in(*WRITERS)
@require_POST
def enclose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file in a draft."""
    one, on, at = letter_or_404(request, pk), clock.today(), clock.now()
    me: Any = request.user
    require(LETTER_LIFE.may(me, one, "edit", on))
    sent: Any = request.FILES.get("file")
    if sent is None:
        raise Refused([Problem("letter.no_file")])

    def then(stored: StoredFile, name: str) -> None:
        actions.enclose(one, stored, name, by=me, at=at, on=on)

    name = files.receive(sent, subject=f"letter:{pk}", by=me, at=at, then=then)
    tell(request, "page.file_attached", name=name)
    return redirect("letters:letter", pk)


@signed_in(*WRITERS)
@require_POST
def take_out(request: HttpRequest, pk: int, enclosure: int) -> HttpResponse:
    one = letter_or_404(request, pk)
    found = get_object_or_404(
        Enclosure.objects.select_related("letter", "file"), pk=enclosure, letter=one
    )
    name = found.name
    actions.take_out(found, by=person_of(request), at=clock.now(), on=clock.today())
    tell(request, "page.file_removed", name=name)
    return redirect("letters:letter", pk)


def _candidates(request: HttpRequest, one: Letter) -> tuple[dict[str, str], QuerySet[Body]]:
    """What the writer searched the registry for, and who of it does not get the letter yet."""
    asked = asked_for(request, "name")
    found = evaluated_bodies(text=asked["text"], kind=asked["kind"], group=asked["group"])
    return asked, bodies_to_add(one, found)


@signed_in(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets a draft: bodies of the registry to tick, and a list of offices to paste (a POST)."""
    one, day = letter_or_404(request, pk), clock.today()
    me: Any = request.user
    require(LETTER_LIFE.may(me, one, "edit", day))
    sent = request.method == "POST"
    form = OfficesForm(*((request.POST, request.FILES) if sent else ()))
    if sent and form.is_valid():
        try:
            return _added(request, one, [], form.offices())
        except Refused as refused:
            form.refuse(refused.problems)
    asked, found = _candidates(request, one)
    context = asked | {
        "letter": one,
        "form": form,
        "page": page_of(request, found),
        "kinds": KINDS,
        "groups": groups(),
        "recipients": list(in_order(one)),
        "searched": bool(asked["query"]),
    }
    return render(request, "letters/recipients.html", context, status=422 if sent else 200)


def _added(
    request: HttpRequest, one: Letter, bodies: list[Body], offices: list[Office]
) -> HttpResponse:
    me: Any = request.user
    many = actions.address(one, bodies, offices, by=me, at=clock.now(), on=clock.today())
    tell(request, "page.letter_addressed", many=many)
    return redirect("letters:letter-recipients", one.pk)


@signed_in(*WRITERS)
@require_POST
def add_bodies(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that were ticked, or with `all` every one that the search found."""
    one = letter_or_404(request, pk)
    _, found = _candidates(request, one)
    if request.POST.get("all") != "1":
        found = found.filter(pk__in=numbers_of(request, "body"))
    return _added(request, one, list(found), [])


@signed_in(*WRITERS)
@require_POST
def remove_recipient(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    one = letter_or_404(request, pk)
    found = Recipient.objects.select_related("letter", "body")
    got = get_object_or_404(found, pk=recipient, letter=one)
    name = str(got)
    actions.remove_recipient(got, by=person_of(request), at=clock.now(), on=clock.today())
    tell(request, "page.letter_recipient_removed", name=name)
    return redirect("letters:letter-recipients", pk)
