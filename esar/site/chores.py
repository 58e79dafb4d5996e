"""What the worker does by the clock: mail that is still unsent, and each day's chores once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from esar.calendars.actions import remind
from esar.history.actions import write_daily_head
from esar.notices.actions import send_mail
from esar.notices.models import ChoresDone
from esar.notices.queries import to_mail
from esar.organisations.models import Person
from esar.web import books


def by_the_minute() -> bool:
    """Try the mail that should be out by now once more. Whether there was any."""
    waiting = to_mail(Person.Mail.AT_ONCE).exists()
    if waiting:
        send_mail.enqueue(Person.Mail.AT_ONCE)
    return waiting


def by_the_day(*, on: date, at: datetime) -> bool:
    """The day's head of the history, the reminders, the digest. Whether it was not done yet.

    Done together or not at all, so that what failed is tried again.
    """
    write_daily_head(on)
    with transaction.atomic():
        _, is_new = ChoresDone.objects.get_or_create(day=on)
        if is_new:
            for year in books.years():
                remind(year, on=on, at=at)
            send_mail.enqueue(Person.Mail.DIGEST)
    return is_new
