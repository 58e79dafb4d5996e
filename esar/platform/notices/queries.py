"""Reads of notices."""

from __future__ import annotations

from django.db.models import QuerySet

from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person


def notices_of(person: Person) -> QuerySet[Notice]:
    """A person's notices, newest first. One query."""
    return Notice.objects.filter(person=person)


def unread_count(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at=None).count()


def to_mail(mail: str) -> QuerySet[Notice]:
    """Unmailed and unread notices of people who chose this kind of mail. One query."""
    notices = Notice.objects.filter(mailed_at=None, read_at=None, person__mail=mail)
    return notices.filter(person__is_active=True).select_related("person").order_by("person", "at")
