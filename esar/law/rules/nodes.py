"""YAML in, a tree that knows its lines out. Nothing is guessed: every scalar stays text.

PyYAML alone reads `2568-10-01` as a day 543 years ahead and `no` as false, and lets the last
of two equal keys win. Here the schema decides what a text means (`shapes`), and a key that
stands twice is a problem.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

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


class _Converter:
    """One document's YAML nodes → `Node`; collects what is wrong on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def place(self, node: yaml.Node) -> Place:
        return Place(file=self.name, line=node.start_mark.line + 1)

    def convert(self, node: yaml.Node) -> Node:
        place = self.place(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return Node(place, items=tuple(self.convert(item) for item in node.value))
        if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS:
            return Node(place)
        return Node(place, text=unicodedata.normalize("NFC", node.value))

    def _mapping(self, node: yaml.MappingNode, place: Place) -> Node:
        pairs: dict[str, Node] = {}
        key_places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in pairs:
                figures = {"key": key, "first_line": key_places[key].line}
                self.problems.append(Problem("rules.duplicate_key", figures, self.place(key_node)))
                continue
            pairs[key] = self.convert(value_node)
            key_places[key] = self.place(key_node)
        return Node(place, pairs=pairs, key_places=key_places)


def _composed(text: str) -> yaml.Node | None:
    """The one document of a text, without aliases (one anchor can unfold into gigabytes).

    Errors: yaml.YAMLError; with `problem` "alias" for an alias.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=event.start_mark)  # type: ignore[arg-type]
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:  # before libyaml's stack is full
            raise yaml.MarkedYAMLError(problem="depth", problem_mark=event.start_mark)  # type: ignore[arg-type]
    return yaml.compose(text, Loader=_LOADER)


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
        tree = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line_number = mark.line + 1 if mark else None
        code = "rules.alias" if error.problem == "alias" else "rules.not_yaml"
        return None, [Problem(code, {}, Place(file=name, line=line_number))]
    except (yaml.YAMLError, ValueError):
        return None, [Problem("rules.not_yaml", {}, place)]
    if tree is None:
        return None, [Problem("rules.empty_file", {}, place)]
    converter = _Converter(name)
    return converter.convert(tree), converter.problems
