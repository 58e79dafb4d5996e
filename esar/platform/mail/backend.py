"""Where every mail of the site goes, whoever writes it: into the database, for the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from esar.platform.mail.actions import keep


class MailThatWaits(BaseEmailBackend):
    """Sends nothing: within a request no mail server is ever asked."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message, at=timezone.now())
        return len(email_messages)
