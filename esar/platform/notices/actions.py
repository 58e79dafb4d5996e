"""Writes: tell people, mark as read, send the mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from esar.kernel.wording import say
from esar.platform.notices.models import Notice
from esar.platform.notices.queries import ALWAYS_MAILED, to_mail
from esar.platform.organisations.models import Person
from esar.platform.ui.year_address import without_year

YOUR_TURN = "your_turn"  # how the codes end that say so


def tell(
    people: Iterable[Person], code: str, *, path: str, key: str, at: datetime, **figures: Any
) -> None:
    """Tell each person once for `key`; those who want mail at once get it from the worker.

    What is about their way in is mailed to everybody.
    """
    there = without_year(path)  # it is the same whoever writes it, and works for ever
    rows = [
        Notice(person=one, code=code, figures=figures, path=there, key=key, at=at) for one in people
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    at_once = code.startswith(ALWAYS_MAILED)
    if rows and (at_once or any(row.person.mail == Person.Mail.AT_ONCE for row in rows)):
        transaction.on_commit(lambda: send_mail.enqueue("at_once"))


def mark_read(person: Person, *, at: datetime, pk: int | None = None) -> int:
    """Mark one notice, or all, as read."""
    unread = Notice.objects.filter(person=person, read_at=None)
    return (unread.filter(pk=pk) if pk else unread).update(read_at=at)


def turn_is_over(path: str, *, at: datetime) -> int:
    """Whoever was told that it is their turn at a thing, and has not read it, need not any more.

    So what is new agrees with the work list. How many.
    """
    notices = Notice.objects.filter(path=without_year(path), read_at=None, code__endswith=YOUR_TURN)
    return notices.update(read_at=at)


@task()
def send_mail(kind: str) -> int:
    """Mail what is unmailed to those who chose `kind`; one letter a person.

    Its letter waits and the notices are marked together or not at all.
    """
    sent = 0
    for person, group in groupby(to_mail(kind), key=lambda one: one.person):
        notices = list(group)
        with transaction.atomic():
            letter(person, notices).send()
            mailed = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
            mailed.update(mailed_at=timezone.now())
        sent += 1
    return sent


def letter(person: Person, notices: list[Notice]) -> EmailMessage:
    """One letter with every notice, Thai and English, and the way to choose otherwise."""
    lines = [say("mail.greeting", {"name": person.name}, "th"), ""]
    for notice in notices:
        for language in ("th", "en"):
            lines.append(say(notice.code, notice.told, language))
        lines += [f"{settings.SITE_ADDRESS}{notice.path}", ""]
    choice = {"address": f"{settings.SITE_ADDRESS}{reverse('organisations:account')}"}
    lines += [say("mail.choice", choice, "th"), say("mail.choice", choice, "en")]
    subject = say("mail.subject", {"count": len(notices)}, "th")
    return EmailMessage(subject, "\n".join(lines), to=[person.email])
