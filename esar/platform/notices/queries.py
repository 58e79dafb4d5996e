"""Reads of notices."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person

ALWAYS_MAILED = "notice.security_"  # how the codes of what is about one's way in begin


def notices_of(person: Person) -> QuerySet[Notice]:
    """A person's notices, newest first. One query."""
    return Notice.objects.filter(person=person)


def unread_count(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at=None).count()


def to_mail(mail: str) -> QuerySet[Notice]:
    """Unmailed and unread notices of people who chose this kind of mail. One query.

    What is about somebody's way in is mailed at once, whatever they chose and have read: a page
    that only an intruder sees tells nobody anything.
    """
    chosen = Q(person__mail=mail, read_at=None)
    if mail == Person.Mail.AT_ONCE:
        chosen |= Q(code__startswith=ALWAYS_MAILED)
    notices = Notice.objects.filter(chosen, mailed_at=None, person__is_active=True)
    return notices.select_related("person").order_by("person", "at")
