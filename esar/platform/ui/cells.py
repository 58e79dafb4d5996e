"""How a list shows a value: words of the reader's language, marks and chips."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.kernel.wording import say
from esar.platform.ui.templatetags import words

Shower = Callable[[Any], Any]


def path_of(row: Any, path: str) -> Any:
    """What lies at a dotted path of a row; None where an object on the way is missing.

    Errors: AttributeError where the path names nothing.
    """
    return reader_of(path)(row)


@cache
def reader_of(path: str) -> Callable[[Any], Any]:
    """What reads a path of any row, for those who read many."""
    names = path.split(".")
    name, *rest = names

    def read(row: Any) -> Any:
        value = row
        for name in names:
            if value is None:
                return None
            value = value.get(name) if isinstance(value, dict) else getattr(value, name)
        return value

    def read_own(row: Any) -> Any:
        if row is None:
            return None
        return row.get(name) if isinstance(row, dict) else getattr(row, name)

    return read if rest else read_own


def code(prefix: str) -> Shower:
    """A code in words: `code("round")`."""
    return lambda value: words.say_code(value, prefix)


def state_mark(prefix: str, **colours: str) -> Shower:
    """A state in words in its frame; `colours` gives a state the look of another."""

    def mark(value: str) -> SafeString:
        look = colours.get(value, value)
        return format_html(
            '<span class="state state-{}">{}</span>', look, words.say_code(value, prefix)
        )

    return mark


def demo_chip(path: str) -> Shower:
    """Says that what lies at `path` was invented for the demonstration, where it was."""

    def chip(row: Any) -> SafeString | str:
        if not path_of(row, path):
            return ""
        return format_html(' <span class="chip">⚑ {}</span>', _say("page.demo_short"))

    return chip


def late_mark(days: int | None) -> SafeString | str:
    """How many days late, in red; nothing where it was on time."""
    if not days:
        return ""
    return format_html(' <span class="late">{}</span>', _say("page.days_late", days=days))


def _say(sentence: str, **figures: object) -> str:
    return say(sentence, figures, words._language())
