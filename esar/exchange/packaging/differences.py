"""Where two files that should be alike differ: by row and field, by path, or only as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from esar.exchange.packaging.descriptor import DATAPACKAGE
from esar.exchange.packaging.tables import TABLES, Table
from esar.exchange.packaging.text import csv_records, parsed
from esar.kernel.problems import Place, Problem

MAX_IN_A_FILE = 20
_ABSENT = object()
_HASHES = ("bytes", "hash")  # compared with the files themselves, not with what was recomputed


def differences(name: str, expected: bytes, content: bytes) -> list[Problem]:
    """Why the file `name` is not what was recomputed; at most `MAX_IN_A_FILE` and a last word."""
    if expected == content:
        return []
    place = Place(file=name)
    table = next((table for table in TABLES if table.path == name), None)
    problems: Iterator[Problem]
    if table:
        problems = _of_tables(table, expected, content, place)
    elif name.endswith((".json", ".jsonld")):
        problems = _of_json(expected, content, place)
    else:
        problems = _of_lines(expected, content, place)
    listed_problems = list(islice(problems, MAX_IN_A_FILE + 1))
    if len(listed_problems) > MAX_IN_A_FILE:
        listed_problems[-1] = Problem("package.more_differences", {"most": MAX_IN_A_FILE}, place)
    if listed_problems or (name == DATAPACKAGE and _same_but_hashes(expected, content)):
        return listed_problems
    return [Problem("package.bytes_differ", {}, place)]


def _of_tables(table: Table, expected: bytes, content: bytes, place: Place) -> Iterator[Problem]:
    try:
        header, *records = csv_records(content)
    except ValueError:
        yield Problem("package.not_csv", {}, place)
        return
    if header != table.header:
        yield Problem("package.header_differs", {"expected": ", ".join(table.header)}, place)
        return
    width = len(table.key)
    records_by_key = {_key(table, record): record for record in csv_records(expected)[1:]}
    seen = set()
    for row, record in enumerate(records, start=2):
        at = place.at(row=row)
        key = _key(table, record) if len(record) == len(header) else ()
        if len(key) != width or key not in records_by_key or key in seen:
            figures = {"key": _shown(", ".join(record[:3]))}
            yield Problem("package.row_unexpected", figures, at)
            continue
        seen.add(key)
        for column, right, there in zip(header, records_by_key[key], record, strict=True):
            if right != there:
                figures = {"found": _shown(there), "computed": _shown(right)}
                yield Problem("package.value_differs", figures, at.at(field=column))
    for key in records_by_key:
        if key not in seen:
            yield Problem("package.row_missing", {"key": _shown(", ".join(key))}, place)


def _key(table: Table, record: list[str]) -> tuple[str, ...]:
    return tuple(record[table.header.index(name)] for name in table.key)


def _of_json(expected: bytes, content: bytes, place: Place) -> Iterator[Problem]:
    try:
        value = parsed(content)
    except ValueError:
        yield Problem("package.not_json", {}, place)
        return
    right = parsed(expected)
    if place.file == DATAPACKAGE:
        right, value = _by_path(right), _by_path(value)
    for path, computed, there in _leaves(right, value, ""):
        figures = {"found": _shown(there), "computed": _shown(computed)}
        yield Problem("package.value_differs", figures, place.at(field=path[:200]))


def _by_path(descriptor: Any) -> Any:
    """The descriptor with its resources by path, and without the hashes of the files."""
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return descriptor
    resources = {
        str(one.get("path")): {key: value for key, value in one.items() if key not in _HASHES}
        for one in descriptor["resources"]
        if isinstance(one, dict)
    }
    return {**descriptor, "resources": resources}


def _same_but_hashes(expected: bytes, content: bytes) -> bool:
    """Whether only hashes and sizes differ, in a text otherwise written in the same way."""
    return len(content.splitlines()) == len(expected.splitlines()) and all(
        right == there or right.lstrip().startswith((b'"bytes":', b'"hash":'))
        for right, there in zip(expected.splitlines(), content.splitlines(), strict=True)
    )


def _leaves(right: Any, there: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """(path, recomputed, found) of each smallest part that differs."""
    if isinstance(right, dict) and isinstance(there, dict):
        for key in [*right, *(key for key in there if key not in right)]:
            below = f"{path}.{key}" if path else str(key)
            yield from _leaves(right.get(key, _ABSENT), there.get(key, _ABSENT), below)
    elif isinstance(right, list) and isinstance(there, list):
        for at in range(max(len(right), len(there))):
            here = right[at] if at < len(right) else _ABSENT
            value = there[at] if at < len(there) else _ABSENT
            yield from _leaves(here, value, f"{path}[{at}]")
    elif type(right) is not type(there) or right != there:
        yield path, right, there


def _of_lines(expected: bytes, content: bytes, place: Place) -> Iterator[Problem]:
    lines = zip(expected.splitlines(), content.splitlines(), strict=False)
    for line, (right, there) in enumerate(lines, start=1):
        if right != there:
            figures = {
                "found": _shown(there.decode("utf-8", errors="replace")),
                "computed": _shown(right.decode("utf-8")),
            }
            yield Problem("package.value_differs", figures, Place(file=place.file, line=line))


def _shown(value: Any) -> str:
    """The value in quotes: text from elsewhere must never be taken for the code of a sentence."""
    if value is _ABSENT:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    printable = "".join(character if character.isprintable() else "·" for character in text[:81])
    return f"“{printable}”" if len(text) <= 80 else f"“{printable[:79]}…”"
