"""A rule's value as lines that an official can read, in Thai or English.

One rendering for the command, the generated reference, the pages and the differences.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esar.messages import SENTENCES, figure, say
from esar.rules.book import Cite, Rule, Version
from esar.rules.text import Text


@dataclass(frozen=True)
class Line:
    """One line of a described value: how deep it lies, what it is called, what it says."""

    depth: int
    label: str
    text: str


def describe(value: object, language: str) -> list[Line]:
    """The lines of a rule's value: a dataclass of `esar.rules.kinds`.

    Fields that say nothing (none, an empty list) are left out, except where "none" is the rule.
    """
    return list(_fields(value, language, 0))


def _fields(value: object, language: str, depth: int) -> Iterator[Line]:
    for field in dataclasses.fields(value):  # type: ignore[arg-type]
        inner = getattr(value, field.name)
        if inner is None or inner == () or inner == {}:
            continue
        yield from _lines(say(f"field.{field.name}", {}, language), inner, language, depth)


def _lines(label: str, value: object, language: str, depth: int) -> Iterator[Line]:
    if isinstance(value, tuple):
        yield from _list_lines(label, value, language, depth)
    elif isinstance(value, Mapping):
        parts = [
            f"{_words(key, language)} {_words(inner, language)}" for key, inner in value.items()
        ]
        yield Line(depth, label, ", ".join(parts))
    elif dataclasses.is_dataclass(value) and not isinstance(value, Text):
        yield Line(depth, label, "")
        yield from _fields(value, language, depth + 1)
    else:
        yield Line(depth, label, _words(value, language))


def _list_lines(label: str, items: tuple[object, ...], language: str, depth: int) -> Iterator[Line]:
    if all(not dataclasses.is_dataclass(item) for item in items):
        yield Line(depth, label, ", ".join(_words(item, language) for item in items))
        return
    yield Line(depth, label, "")
    for number, item in enumerate(items, start=1):
        yield Line(depth + 1, f"({number})", _one_line(item, language))


def _one_line(item: object, language: str) -> str:
    """A list item on one line: its name first, then its other fields."""
    if isinstance(item, Text):
        return item.say(language)
    named = getattr(item, "label", None) or getattr(item, "who", None)
    parts = [named.say(language)] if isinstance(named, Text) else []
    for field in dataclasses.fields(item):  # type: ignore[arg-type]
        inner = getattr(item, field.name)
        if inner is named or field.name in ("id", "label") or inner in (None, ()):
            continue
        name = say(f"field.{field.name}", {}, language)
        words = (
            "; ".join(_words(part, language) for part in inner)
            if isinstance(inner, tuple)
            else _words(inner, language)
        )
        parts.append(f"{name} {words}")
    return " · ".join(parts)


def _words(value: object, language: str) -> str:
    if isinstance(value, bool):
        return say(f"value.{str(value).lower()}", {}, language)
    if isinstance(value, (Text, date, Decimal)):
        return figure(value, language)
    if isinstance(value, str) and f"value.{value}" in SENTENCES:
        return say(f"value.{value}", {}, language)
    return str(value)


def bodies_words(bodies: tuple[str, ...], language: str) -> str:
    return ", ".join(say(f"value.{kind}", {}, language) for kind in bodies)


def cite_words(cite: Cite, language: str) -> str:
    """Title, number, date and clause of a citation."""
    source = cite.source
    parts = [source.title.say(language)]
    if source.number:
        parts.append(source.number)
    if source.day:
        parts.append(say("rules.dated", {"day": source.day}, language))
    return f"{', '.join(parts)}; {cite.clause}"


def assumption_words(version: Version, language: str) -> list[str]:
    """What no source gives in this version, and why it stands as it does."""
    lines = []
    for assumed in version.assumed:
        if assumed.field == "*":
            lines.append(assumed.reason.say(language))
        else:
            name = say(f"field.{assumed.field}", {}, language)
            lines.append(f"{name}: {assumed.reason.say(language)}")
    return lines


def is_under(rule: Rule, name: str) -> bool:
    """Whether a rule is `name` itself or one of its parts ("4.2" holds "4.2.groups")."""
    return rule.id == name or rule.id.startswith(f"{name}.")
