"""Writes: mail that is to go out is kept, and the worker sends it until the server takes it.

A mail is kept in the transaction of the act that it is about: both or neither. It goes from here
when the server has taken it; a worker that dies in between sends it once more.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from esar.platform.mail.models import WaitingMail
from esar.platform.mail.queries import due
from esar.platform.mail.sealing import seal, unseal

log = logging.getLogger(__name__)
FORGOTTEN_AFTER = timedelta(days=30)
LONGEST_PAUSE = 60  # minutes
OF_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def keep(message: EmailMessage, *, at: datetime) -> None:
    """Have it sent by the worker. One to nobody is kept and dropped, at the same cost."""
    WaitingMail.objects.create(sealed=seal(message), at=at, due=at)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: a minute, then twice as long each time, to an hour."""
    return timedelta(minutes=min(1 << min(tries - 1, 10), LONGEST_PAUSE))


def send_due(*, at: datetime) -> int:
    """Send what is due until the server does not answer. How many went.

    A mail that the server refuses stops no other; each is tried again after a growing pause.
    """
    connection: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    count = 0
    try:
        for mail in list(due(at)):
            if not _claim(mail, at):
                continue  # another worker has it
            try:
                message = unseal(bytes(mail.sealed))
                if message.recipients():
                    connection.open()
                    connection.send_messages([message])
            except Exception as error:  # whatever it is, the mail is not lost
                _keep_answer(mail, error)
                if isinstance(error, OSError) and not isinstance(error, OF_THIS_MAIL):
                    break  # the server is away: the others wait for their turn
            else:
                WaitingMail.objects.filter(pk=mail.pk).delete()
                count += 1
    finally:
        _hang_up(connection)
    return count


def _claim(mail: WaitingMail, at: datetime) -> bool:
    later = {"tries": F("tries") + 1, "due": at + pause(mail.tries + 1)}
    return bool(WaitingMail.objects.filter(pk=mail.pk, tries=mail.tries).update(**later))


def _keep_answer(mail: WaitingMail, error: Exception) -> None:
    why = "ESAR_SECRET" if isinstance(error, InvalidToken) else str(error)
    answer = f"{type(error).__name__}: {why}"[:300]
    log.warning("mail %s was not sent; it is tried again: %s", mail.pk, answer)
    WaitingMail.objects.filter(pk=mail.pk).update(answer=answer)


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:  # a server that is away takes no good-bye
        log.info("the mail server did not take the good-bye")


def forget_given_up(*, at: datetime) -> int:
    """Remove what no server took in a month. How many."""
    return WaitingMail.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()[0]
