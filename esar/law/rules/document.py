"""A rule's value as lines that an official can read, in Thai or English.

One rendering for the command, the generated reference, the pages and the differences.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esar.kernel.wording import figure, has_sentence, say
from esar.law.rules.book import Cite, Rule, Version
from esar.law.rules.text import Text

Names = Mapping[str, Text]
_NO_NAMES: Names = {}

# Fields that hold the id of another entry.
_MENTIONS = {
    "committee",
    "component",
    "components",
    "indicator",
    "kpi_kind",
    "method",
    "parent",
    "round",
    "rounds",
}


@dataclass(frozen=True)
class Line:
    """One line of a described value: how deep it lies, what it is called, what it says."""

    depth: int
    label: str
    text: str


def describe(value: object, language: str, names: Names = _NO_NAMES) -> list[Line]:
    """The lines of a rule's value: a dataclass of `esar.law.rules.kinds`.

    Fields that say nothing (none, an empty list or text) are left out. `names` (`Rulebook.names`)
    puts labels where a value mentions another entry by its id.
    """
    return list(_Reader(language, names).fields(value, 0))


_FIELDS_OF_A_KPI = ("fields", "with_proposal", "with_template", "computed", "given")


def _says_nothing(value: object) -> bool:
    """Whether a field is empty. Zero and "no" are said."""
    return value is None or value in ((), {}, "")


def _label_of_field(name: str) -> str:
    return "label.kpi_name" if name == "name" else f"label.{name}"


@dataclass(frozen=True)
class _Reader:
    """Reads a value aloud in one language."""

    language: str
    names: Names

    def fields(self, value: object, depth: int) -> Iterator[Line]:
        for field in dataclasses.fields(value):  # type: ignore[arg-type]
            inner = getattr(value, field.name)
            if _says_nothing(inner):
                continue
            if field.name in _FIELDS_OF_A_KPI:  # called as its form calls them
                inner = tuple(say(_label_of_field(name), {}, self.language) for name in inner)
            label = say(f"field.{field.name}", {}, self.language)
            yield from self.lines(label, inner, depth, field.name in _MENTIONS)

    def lines(self, label: str, value: object, depth: int, mentions: bool) -> Iterator[Line]:
        if isinstance(value, tuple):
            yield from self.list_lines(label, value, depth, mentions)
        elif isinstance(value, Mapping):
            parts = [f"{self.words(key)} {self.words(inner)}" for key, inner in value.items()]
            yield Line(depth, label, ", ".join(parts))
        elif dataclasses.is_dataclass(value) and not isinstance(value, Text):
            yield Line(depth, label, "")
            yield from self.fields(value, depth + 1)
        else:
            yield Line(depth, label, self.words(value, mentions))

    def list_lines(
        self, label: str, items: tuple[object, ...], depth: int, mentions: bool
    ) -> Iterator[Line]:
        if all(not dataclasses.is_dataclass(item) for item in items):
            yield Line(depth, label, ", ".join(self.words(item, mentions) for item in items))
            return
        yield Line(depth, label, "")
        for number, item in enumerate(items, start=1):
            yield Line(depth + 1, f"({number})", self.one_line(item))

    def one_line(self, item: object) -> str:
        """A list item on one line: its name first, then its other fields."""
        if isinstance(item, Text):
            return item.say(self.language)
        name = getattr(item, "label", None) or getattr(item, "who", None)
        parts = [name.say(self.language)] if isinstance(name, Text) else []
        for field in dataclasses.fields(item):  # type: ignore[arg-type]
            inner = getattr(item, field.name)
            if inner is name or field.name in ("id", "label") or _says_nothing(inner):
                continue
            mentions = field.name in _MENTIONS
            parts_of_field = inner if isinstance(inner, tuple) else (inner,)
            words = "; ".join(self.words(part, mentions) for part in parts_of_field)
            parts.append(f"{say(f'field.{field.name}', {}, self.language)} {words}")
        return " · ".join(parts)

    def words(self, value: object, mentions: bool = False) -> str:
        if isinstance(value, bool):
            return say(f"value.{str(value).lower()}", {}, self.language)
        if isinstance(value, (Text, date, Decimal)):
            return figure(value, self.language)
        if isinstance(value, str) and mentions and value in self.names:
            return self.names[value].say(self.language)
        if isinstance(value, str) and has_sentence(f"value.{value}"):
            return say(f"value.{value}", {}, self.language)
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


def assumption_words(version: Version[object], language: str) -> list[str]:
    """What no source gives in this version, and why it stands as it does."""
    lines = []
    for assumed in version.assumed:
        if assumed.field == "*":
            lines.append(assumed.reason.say(language))
        else:
            name = say(f"field.{assumed.field}", {}, language)
            lines.append(f"{name}: {assumed.reason.say(language)}")
    return lines


def is_under(rule: Rule[object], name: str) -> bool:
    """Whether a rule is `name` itself or one of its parts ("4.2" holds "4.2.groups")."""
    return rule.id == name or rule.id.startswith(f"{name}.")
