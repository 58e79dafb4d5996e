"""What a page tells after something was done: on the next page, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from esar.kernel.problems import Problem
from esar.kernel.wording import problem_words, say


def tell(request: HttpRequest, code: str, **figures: Any) -> None:
    """Say that it was done."""
    messages.success(request, say(code, figures, get_language() or "th"))


def tell_to_note(request: HttpRequest, problems: Iterable[Problem]) -> None:
    """Say what to look at again in what was done."""
    for problem in problems:
        messages.warning(request, f"⚠ {problem_words(problem, get_language() or 'th')}")


def tell_many(
    request: HttpRequest, count: int, failed: Iterable[tuple[str, Iterable[Problem]]]
) -> None:
    """How many of many were done, and of each that was not, whose it is and why."""
    language, missed = get_language() or "th", 0
    for name, problems in failed:
        missed += 1
        for problem in problems:
            messages.error(request, f"{name}: {problem_words(problem, language)}")
    if not count and not missed:
        return tell_nothing_chosen(request)
    tell(request, "page.resolved_some" if missed else "page.resolved", done=count, failed=missed)


def tell_nothing_chosen(request: HttpRequest) -> None:
    """Say that nothing was done, for nothing was chosen."""
    messages.error(request, say("page.nothing_chosen", {}, get_language() or "th"))
