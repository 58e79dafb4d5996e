"""What goes out with a letter: notices to bodies, and personal links by mail to other offices."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from esar.kernel.wording import say
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import people_of
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.queries import hash_of, in_order
from esar.report.letters.states import LetterState


def notify_bodies(letter: Letter, code: str, *, at: datetime, on: date) -> None:
    """Those of the registry who have not received it; the key is the day's, so once a day."""
    waiting = in_order(letter).filter(how="", body__isnull=False).values_list("body", flat=True)
    tell(
        people_of(waiting, on, Role.REPORTER, Role.APPROVER),
        code,
        path=reverse("letters:letter", args=[letter.pk]),
        key=f"{code}:{letter.pk}:{on}",
        at=at,
        sender=sender_name(letter),
        number=letter.number,
        subject=letter.subject,
    )


def new_link(recipient: Recipient) -> str:
    """A new personal link of a recipient; the one before it ends."""
    token = secrets.token_urlsafe(32)
    Recipient.objects.filter(pk=recipient.pk).update(token_sha256=hash_of(token))
    return f"{settings.SITE_ADDRESS}{reverse('letters:letter-link', args=[token])}"


@task()
def mail_links(pk: int) -> int:
    """Mail a letter's personal links to offices that have an address. How many went out.

    Links are made here, so that none is ever kept in the clear (mail that waits is sealed).
    """
    letter = Letter.objects.select_related("sender").get(pk=pk)
    sent = 0
    if letter.state != LetterState.SENT:
        return sent
    for recipient in in_order(letter).filter(how="", mailed_at=None).exclude(email=""):
        with transaction.atomic():
            _mail(letter, recipient, new_link(recipient)).send()
            Recipient.objects.filter(pk=recipient.pk).update(mailed_at=timezone.now())
        sent += 1
    return sent


def _mail(letter: Letter, recipient: Recipient, address: str) -> EmailMessage:
    figures = {
        "to": recipient.name,
        "sender": sender_name(letter),
        "number": letter.number,
        "subject": letter.subject,
    }
    lines = [say("mail.letter", figures, language) for language in ("th", "en")]
    subject = say("mail.letter_subject", {"subject": letter.subject}, "th")
    return EmailMessage(subject, "\n\n".join([*lines, address]), to=[recipient.email])


def sender_name(letter: Letter) -> str:
    """Who sends it, in Thai."""
    return letter.sender.name_th if letter.sender else say("page.letter_opdc", {}, "th")
