"""Whoever guesses waits, longer after each wrong guess, and nobody is ever shut out (ADR 38).

A guess is counted before it is looked at, in the database: so of many at the same moment, in
however many processes, no more are looked at than one after another. What is refused for the wait
is no guess and makes it no longer. Accounts that there are none of are counted like all others.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Phrase
from esar.platform.accounts.models import Guesses

FREE = 5  # guesses before the first wait: people mistype
SHORTEST, LONGEST = 5, 900  # seconds; a day has room for a hundred guesses of strangers
FORGOTTEN = timedelta(days=1)  # after the last wait
MINUTE = 60
now = timezone.now  # real time, also in a demo


def wait(count: int) -> int:
    """Seconds to wait after so many wrong guesses in a row."""
    if count < FREE:
        return 0
    doublings = min(count - FREE, LONGEST.bit_length())
    return min(SHORTEST << doublings, LONGEST)


def begin(secret: str, account: str, device: str = "", *, code: str = "sign_in.wait") -> str:
    """Count a guess of `secret` at an account, before it is looked at. Gives its key.

    `device`: the browser, where it has signed in to the account before; it waits for its own
    wrong guesses only. Errors: Refused (`code`) with how long to wait.
    """
    text = "\n".join((secret, account.strip().lower(), device))
    key = salted_hmac("guesses", text, algorithm="sha256").hexdigest()
    with transaction.atomic():
        at = now()
        guesses, _ = Guesses.objects.select_for_update().get_or_create(
            key=key, defaults={"until": at}
        )
        if guesses.until > at:
            seconds = ceil((guesses.until - at).total_seconds())
            raise Refused([Problem(code, {"wait": _in_words(seconds)})])
        if guesses.until < at - FORGOTTEN:
            guesses.count = 0
        guesses.count += 1
        guesses.until = at + timedelta(seconds=wait(guesses.count))
        guesses.save()
    return key


def _in_words(seconds: int) -> Phrase:
    if seconds > 2 * MINUTE:
        return Phrase("sign_in.minutes", {"count": ceil(seconds / MINUTE)})
    return Phrase("sign_in.seconds", {"count": seconds})


def was_right(key: str) -> None:
    """The guess was none: what was counted under its key is forgotten."""
    Guesses.objects.filter(key=key).delete()


def forget_guesses() -> int:
    """Remove what no longer makes anybody wait. How many."""
    return Guesses.objects.filter(until__lt=now() - FORGOTTEN).delete()[0]
