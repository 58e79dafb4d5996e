"""Which version of the schema a year's rules are written in, and what an earlier one left unsaid.

`schema.yaml` in a year's folder says its version; a folder without it is of version 1. What was
published stays as it was written: a key that a later version asks for is put in while the rules are
read, with what leaving it out meant. The text, its places and its SHA-256 stay the rulebook's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from esar.kernel.figures import exact_decimal
from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules import nodes
from esar.law.rules.nodes import Node

SCHEMA_FILE = "schema.yaml"
FIRST, CURRENT = 1, 2

# Version → kind → key that is asked for since then → what leaving it out meant, as YAML.
ASKED_SINCE: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    # The program itself let these two be changed, whatever the rulebook said in words.
    2: {"change_rules": {"fields": "[targets, evidence_plan]"}},
}


def version_of(tree: Node | None, file: str, problems: list[Problem]) -> int:
    """The version that `schema.yaml` says; what is wrong with it is added to `problems`.

    Errors: Refused, with that alone, for a version of a later program: nothing else that seems
    wrong with such rules would be true.
    """
    if tree is None:
        return FIRST
    node = (tree.pairs or {}).get("version")
    place = node.place if node else Place(file=file)
    number = exact_decimal((node.text if node else None) or "")
    if number is None or number < FIRST or number % 1 or list(tree.pairs or {}) != ["version"]:
        problems.append(Problem("rules.not_a_schema", {"most": CURRENT}, place))
        return CURRENT
    if number > CURRENT:
        figures = {"version": int(number), "most": CURRENT}
        raise Refused([Problem("rules.newer_schema", figures, place)])
    return int(number)


def completed(tree: Node, version: int) -> Node:
    """A file's entries, each with every key that was asked for only after its version."""
    missing: dict[str, dict[str, str]] = {}
    for since, kinds in ASKED_SINCE.items():
        for kind, defaults in kinds.items() if since > version else ():
            missing[kind] = {**missing.get(kind, {}), **defaults}
    if not missing or tree.pairs is None:
        return tree
    return replace(tree, pairs={name: _entry(node, missing) for name, node in tree.pairs.items()})


def _entry(node: Node, missing: Mapping[str, Mapping[str, str]]) -> Node:
    pairs = node.pairs or {}
    kind, values = pairs.get("kind"), pairs.get("values")
    defaults = missing.get((kind.text if kind else None) or "")
    if not defaults or values is None or values.pairs is None:
        return node
    by_day = {day: _value(value, defaults) for day, value in values.pairs.items()}
    return replace(node, pairs={**pairs, "values": replace(values, pairs=by_day)})


def _value(node: Node, defaults: Mapping[str, str]) -> Node:
    """A value with its defaults, each where the value stands. One that ends the rule has none."""
    if node.pairs is None or "ends" in node.pairs:
        return node
    added = {
        key: _placed(nodes.parse(text.encode(), "")[0], node.place)
        for key, text in defaults.items()
        if key not in node.pairs
    }
    places = dict.fromkeys(added, node.place)
    return replace(node, pairs={**node.pairs, **added}, key_places={**node.key_places, **places})


def _placed(node: Node | None, place: Place) -> Node:
    assert node is not None, "a default that is no YAML"
    items = node.items and tuple(_placed(item, place) for item in node.items)
    pairs = node.pairs and {key: _placed(value, place) for key, value in node.pairs.items()}
    return replace(node, place=place, items=items, pairs=pairs)
