"""A year's folder → one frozen `Rulebook`, or every mistake in it with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from esar.kernel.problems import Place, Problem, Refused
from esar.law.rules import nodes, proofs, schema, shapes
from esar.law.rules.book import Assumed, Cite, Entry, Rulebook, Source, Version
from esar.law.rules.kinds import KINDS, Shape
from esar.law.rules.nodes import Node
from esar.law.rules.text import Text
from esar.law.rules.years import FiscalYear

SOURCES_FILE = "sources.yaml"
MAX_RULEBOOKS_KEPT = 32
BodyKind = Literal["department", "province"]


@dataclass(frozen=True)
class _EntryHead:
    kind: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    label: Text
    bodies: tuple[BodyKind, ...]
    note: Text | None = None


@dataclass(frozen=True)
class _CiteShape:
    source: str
    clause: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class _VersionHead:
    cite: tuple[_CiteShape, ...] = ()
    assumption: tuple[Assumed, ...] = ()


def years_in(folder: Path) -> list[int]:
    """The fiscal years (B.E.) that have a folder, oldest first."""
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())


def read_rulebook(folder: Path, year: int) -> Rulebook:
    """Read `folder`/`year`; the same text, wherever it lies, is read once in a process.

    Errors: Refused, with every problem in every file of the year.
    """
    home = folder / str(year)
    if not home.is_dir():
        years = ", ".join(map(str, years_in(folder))) if folder.is_dir() else "-"
        raise Refused([Problem("rules.no_such_year", {"year": year, "known": years})])
    return _rulebook(year, tuple((path.name, path.read_bytes()) for path in _rule_files(home)))


@lru_cache(maxsize=MAX_RULEBOOKS_KEPT)
def _rulebook(year: int, files: tuple[tuple[str, bytes], ...]) -> Rulebook:
    problems: list[Problem] = []
    trees = _parse_all(files, year, problems)
    schema_file = f"{year}/{schema.SCHEMA_FILE}"
    version = schema.version_of(trees.pop(schema.SCHEMA_FILE, None), schema_file, problems)
    trees = {name: schema.completed(tree, version) for name, tree in trees.items()}
    sources_tree = trees.pop(SOURCES_FILE, None)
    if sources_tree is None and not problems:
        problems.append(Problem("rules.no_sources", {}, Place(file=f"{year}/{SOURCES_FILE}")))
    sources = _read_sources(sources_tree, problems) if sources_tree else {}
    entries = _read_entries(trees, sources, problems)
    book = Rulebook(
        FiscalYear(year),
        MappingProxyType(sources),
        MappingProxyType(entries),
        _sha256(files),
        version,
    )
    if not problems:
        problems.extend(proofs.prove(book))
    if problems:
        raise Refused(sorted(problems, key=lambda p: (p.place.file, p.place.line or 0)))
    return book


def sha256_of(home: Path) -> str:
    """A digest of the rule files' names and text; worked cases are not part of the law."""
    return _sha256((path.name, path.read_bytes()) for path in _rule_files(home))


def _sha256(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _rule_files(home: Path) -> list[Path]:
    return sorted(home.glob("*.yaml"))


def _parse_all(
    files: tuple[tuple[str, bytes], ...], year: int, problems: list[Problem]
) -> dict[str, Node]:
    trees = {}
    for name, content in files:
        tree, flaws = nodes.parse(content, f"{year}/{name}")
        problems.extend(flaws)
        if tree is None:
            continue
        if tree.pairs is None:
            problems.append(Problem("rules.not_a_mapping", {}, tree.place))
            continue
        trees[name] = tree
    return trees


def _read_sources(tree: Node, problems: list[Problem]) -> dict[str, Source]:
    sources = {}
    for name, node in (tree.pairs or {}).items():
        if "id" in node.key_places:
            figures = {"key": "id", "known": "title, issuer, number, day, link, sha256, note"}
            problems.append(Problem("rules.unknown_key", figures, node.key_places["id"]))
        fields = {**(node.pairs or {}), "id": Node(node.place, text=name)}
        try:
            sources[name] = shapes.read_record(
                Node(node.place, pairs=fields, key_places=node.key_places), Source, problems
            )
        except shapes.Unreadable:
            continue
    return sources


def _read_entries(
    trees: dict[str, Node], sources: dict[str, Source], problems: list[Problem]
) -> dict[str, Entry[object]]:
    entries: dict[str, Entry[object]] = {}
    for tree in trees.values():
        for name, node in (tree.pairs or {}).items():
            place = tree.key_places[name]
            if name in entries:
                first = entries[name].place
                figures = {"entry": name, "file": first.file, "first_line": first.line}
                problems.append(Problem("rules.entry_twice", figures, place))
                continue
            try:
                entries[name] = _read_entry(name, node, place, sources, problems)
            except shapes.Unreadable:
                continue
    return entries


def _part(node: Node, keys: set[str]) -> Node:
    """The same mapping with only these keys."""
    pairs = {key: value for key, value in (node.pairs or {}).items() if key in keys}
    return Node(node.place, pairs=pairs, key_places=node.key_places)


def _read_entry(
    name: str, node: Node, place: Place, sources: dict[str, Source], problems: list[Problem]
) -> Entry[object]:
    if node.pairs is None:
        problems.append(Problem("rules.not_a_mapping", {}, node.place))
        raise shapes.Unreadable
    head_keys = set(shapes.field_types(_EntryHead))
    required = shapes.required_fields(_EntryHead) | {"values"}
    complete = shapes.check_keys(node, head_keys | {"values"}, required, problems)
    if not complete:
        raise shapes.Unreadable
    head = shapes.read_record(_part(node, head_keys), _EntryHead, problems)
    kind = KINDS[head.kind]
    versions = _read_versions(node.pairs["values"], kind, sources, problems)
    return Entry(name, kind, head.label, head.bodies, head.note, versions, place)


def _read_versions(
    node: Node, shape: type[Shape], sources: dict[str, Source], problems: list[Problem]
) -> tuple[Version[Shape], ...]:
    if not node.pairs:
        problems.append(Problem("rules.no_values", {}, node.place))
        raise shapes.Unreadable
    versions, failed = [], False
    for key, value_node in node.pairs.items():
        try:
            day = shapes.read_day(Node(node.key_places[key], text=key), problems)
            versions.append(_read_version(day, value_node, shape, sources, problems))
        except shapes.Unreadable:
            failed = True
    if failed:
        raise shapes.Unreadable
    return tuple(sorted(versions, key=lambda version: version.first_day))


def _read_version(
    day: date, node: Node, shape: type[Shape], sources: dict[str, Source], problems: list[Problem]
) -> Version[Shape]:
    if node.pairs is None:
        problems.append(Problem("rules.not_a_mapping", {}, node.place))
        raise shapes.Unreadable
    head_keys = set(shapes.field_types(_VersionHead))
    head = shapes.read_record(_part(node, head_keys), _VersionHead, problems)
    value_keys = set(node.pairs) - head_keys
    ends = value_keys == {"ends"}
    value = None if ends else shapes.read_record(_part(node, value_keys), shape, problems)
    cites = tuple(_cite(cite, sources, node, problems) for cite in head.cite)
    if not (cites or head.assumption):
        problems.append(Problem("rules.no_citation", {}, node.place))
    unknown_fields = [
        name for cite in head.cite for name in cite.fields if name not in shapes.names_in(shape)
    ]
    for name in unknown_fields:
        problems.append(Problem("rules.assumption_of_nothing", {"field": name}, node.place))
    for assumed in head.assumption:
        if assumed.field != "*" and assumed.field not in shapes.field_types(shape):
            figures = {"field": assumed.field}
            problems.append(Problem("rules.assumption_of_nothing", figures, node.place))
    return Version(day, value, cites, head.assumption, node.place)


def _cite(
    shape: _CiteShape, sources: dict[str, Source], node: Node, problems: list[Problem]
) -> Cite:
    if shape.source not in sources:
        figures = {"source": shape.source}
        problems.append(Problem("rules.unknown_source", figures, node.place))
        raise shapes.Unreadable
    return Cite(sources[shape.source], shape.clause, shape.fields)
