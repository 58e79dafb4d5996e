"""What a person typed into a form that was not taken: every page that says so gives it back.

Beside a form of ours the form itself does that. Here is what the other pages show: a refusal, a
page that has expired, a session that has ended.
"""

from __future__ import annotations

import re
from functools import cache

from django.forms import Textarea, TextInput
from django.forms.forms import BaseForm
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from esar.kernel.figures import Unreadable, read_share
from esar.kernel.wording import say

NEVER_SHOWN = ("seen", "revision", "login", "code")  # a field's name begins so
SECRET = ("password", "token", "secret")  # or has it anywhere: oldpassword
# Ticks and places in lists carry numbers that tell a person nothing.
NUMBERS_OF_ROWS = frozenset(
    (
        "all",
        "assessment",
        "body",
        "expected",
        "finding",
        "guest",
        "item",
        "look",
        "notice",
        "place",
        "present",
        "recipient",
        "result",
        "rows",
        "scorecard",
        "seat",
        "thing",
        "year",
    )
)
# Fields that are called the same on every form that has them.
CALLED_ALIKE = frozenset(
    (
        "actual",
        "answer",
        "decision",
        "denominator",
        "did",
        "factors",
        "first_day",
        "last_day",
        "minutes",
        "numerator",
        "obstacles",
        "reason",
        "suggestions",
    )
)
_CODE = re.compile(r"[a-z0-9_.:;=-]+")
_DAY = re.compile(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}(T[0-9:]+)?")


def page_before(request: HttpRequest) -> str:
    """The page of ours that the reader came from, or nothing."""
    back = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if here else ""


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """(label, words) of what was typed, in the form's order; no choices' codes, no secrets."""
    if request.method != "POST":
        return []
    language = get_language() or "th"
    return [
        (_label(name, language), words)
        for name, values in request.POST.lists()
        for words in values
        if isinstance(words, str) and _is_typed(name, words)
    ]


def _is_typed(name: str, words: str) -> bool:
    base = name.partition("-")[0]
    if not words.strip() or base.startswith(NEVER_SHOWN) or any(map(name.__contains__, SECRET)):
        return False
    if base in CALLED_ALIKE:
        return True
    if _is_figure(words):
        return base not in NUMBERS_OF_ROWS
    return base in _written() or bool(_DAY.fullmatch(words)) or not _CODE.fullmatch(words)


@cache
def _written() -> frozenset[str]:
    """The fields that some form lets words be written into; every other's codes are choices."""
    forms, names = [BaseForm], set()
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        names |= {
            name
            for name, field in getattr(form, "base_fields", {}).items()
            if isinstance(field.widget, TextInput | Textarea)
        }
    return frozenset(names)


def _is_figure(words: str) -> bool:
    try:
        read_share(words)
    except Unreadable as unreadable:  # one that is too long, or has its comma elsewhere, is one
        return unreadable.code not in ("file.not_a_number", "file.word_for_nothing")
    return True


def _label(name: str, language: str) -> str:
    base, _, part = name.partition("-")
    label = say(f"label.{base}" if base in CALLED_ALIKE else "page.typed_field", {}, language)
    return f"{label} {part}".strip()
