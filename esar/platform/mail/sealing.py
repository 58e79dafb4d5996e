"""A mail as bytes that only this site reads: links in it are never kept in the clear."""

from __future__ import annotations

import base64
import json
from uuid import uuid4

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.crypto import salted_hmac


def seal(message: EmailMessage) -> bytes:
    """Errors: ValueError for a mail with files: nothing of ours goes out with one."""
    if message.attachments:
        raise ValueError("a mail with files does not wait")
    # Of a mail that a dying worker sent twice the reader's program shows one.
    name = {"Message-ID": f"<{uuid4().hex}@{settings.SITE_ADDRESS.rpartition('/')[2]}>"}
    fields = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": name | message.extra_headers,
        "alternatives": [list(part) for part in getattr(message, "alternatives", ())],
    }
    return _fernet().encrypt(json.dumps(fields).encode())


def unseal(sealed: bytes) -> EmailMultiAlternatives:
    """Errors: cryptography's InvalidToken where it was sealed under another secret."""
    return EmailMultiAlternatives(**json.loads(_fernet().decrypt(sealed)))


def _fernet() -> Fernet:
    key = salted_hmac("waiting mail", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
