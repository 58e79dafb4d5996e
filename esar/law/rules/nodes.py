"""YAML in, a tree that knows its lines out. Nothing is guessed: every scalar stays text.

PyYAML alone reads `2568-10-01` as a day 543 years ahead and `no` as false, and lets the last
of two equal keys win. Here the schema decides what a text means (`shapes`), and a key that
stands twice is a problem.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from esar.kernel.problems import Place, Problem

MAX_FILE_BYTES = 1_000_000
DEEPEST = 50  # lists and mappings within one another
# libyaml's, where PyYAML has it: eight times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null"}


@dataclass(frozen=True)
class Node:
    """A scalar (`text`, or None for null), a list (`items`) or a mapping (`pairs`)."""

    place: Place
    text: str | None = None
    items: tuple[Node, ...] | None = None
    pairs: dict[str, Node] | None = None
    key_places: dict[str, Place] = field(default_factory=dict)

    @property
    def is_null(self) -> bool:
        return self.text is None and self.items is None and self.pairs is None


class _Reader:
    """One document's events → `Node`, in one pass; collects what is wrong on the way.

    Nothing is composed first: of a year's rules that took half of the time of reading them.
    """

    def __init__(self, text: str, name: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.name = name
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        """The one document of the text, without aliases (one can unfold into gigabytes).

        Errors: yaml.YAMLError; with `problem` "alias" for an alias.
        """
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        node = self._node(next(self.events), 0)
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _broken("documents", after)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            if not event.style and event.value in _NULLS:
                return Node(place)
            return Node(place, text=unicodedata.normalize("NFC", event.value))
        if isinstance(event, yaml.AliasEvent):
            raise _broken("alias", event)
        if depth == DEEPEST:  # before libyaml's stack is full
            raise _broken("depth", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, depth + 1)
        return Node(place, items=tuple(self._items(depth + 1)))

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth)

    def _mapping(self, place: Place, depth: int) -> Node:
        pairs: dict[str, Node] = {}
        key_places: dict[str, Place] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
            place_of_key = self._node(event, depth).place
            value = self._node(next(self.events), depth)
            if key in pairs:
                figures = {"key": key, "first_line": key_places[key].line}
                self.problems.append(Problem("rules.duplicate_key", figures, place_of_key))
                continue
            pairs[key], key_places[key] = value, place_of_key
        return Node(place, pairs=pairs, key_places=key_places)

    def _place(self, event: Any) -> Place:
        return Place(file=self.name, line=event.start_mark.line + 1)


def _broken(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def parse(raw: bytes, name: str) -> tuple[Node | None, list[Problem]]:
    """Read one file's bytes. Gives the tree (None when it cannot be read at all) and its problems.

    `name` is how the file is called in messages, for example "2567/framework.yaml".
    """
    place = Place(file=name)
    if len(raw) > MAX_FILE_BYTES:
        return None, [Problem("rules.file_too_large", {"limit": MAX_FILE_BYTES}, place)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [Problem("rules.not_utf8", {}, Place(file=name, line=line))]
    try:
        reader = _Reader(text, name)
        tree = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line_number = mark.line + 1 if mark else None
        code = "rules.alias" if error.problem == "alias" else "rules.not_yaml"
        return None, [Problem(code, {}, Place(file=name, line=line_number))]
    except (yaml.YAMLError, ValueError):
        return None, [Problem("rules.not_yaml", {}, place)]
    if tree is None:
        return None, [Problem("rules.empty_file", {}, place)]
    return tree, reader.problems
