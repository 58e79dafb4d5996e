"""Where two files that should be alike differ: by row and field, by path, or only as bytes.

What a later release of the program says in other words is told apart from figures that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from esar.exchange.packaging.descriptor import DATAPACKAGE, DCAT
from esar.exchange.packaging.tables import TABLES, Table
from esar.exchange.packaging.text import csv_records, parsed
from esar.kernel.problems import Place, Problem
from esar.law.scoring import compared
from esar.law.scoring.compared import Difference, numerals, shown

MAX_IN_A_FILE = 20
_HASHES = ("bytes", "hash")  # compared with the files themselves, not with what was recomputed
# What the program says of a package's tables and columns, in the two files that describe them.
_HEADINGS = frozenset(
    {"title", "description", "keywords", "dct:title", "dct:description", "dcat:keyword"}
)
_Found = Iterator[tuple[Problem, bool]]  # and whether only words differ there


@dataclass(frozen=True)
class Differences:
    """Why a file is not what was recomputed: where figures differ, and where only words do."""

    figures: tuple[Problem, ...] = ()
    words: tuple[Problem, ...] = ()


def differences(name: str, expected: bytes, content: bytes, *, exact: bool) -> Differences:
    """Why the file `name` is not what was recomputed; of each sort at most `MAX_IN_A_FILE` and a
    last word. With `exact` words are as figures: the same program says the same.
    """
    if expected == content:
        return Differences()
    place = Place(file=name)
    table = next((table for table in TABLES if table.path == name), None)
    if table:
        problems = list(_of_tables(table, expected, content, place))
    elif name.endswith((".json", ".jsonld")):
        problems = list(_of_json(expected, content, place))
    else:
        problems = list(_of_lines(expected, content, place))
    if not problems and not (name == DATAPACKAGE and _same_but_hashes(expected, content)):
        problems = [(Problem("package.bytes_differ", {}, place), False)]
    figures = [problem for problem, of_words in problems if exact or not of_words]
    words = [problem for problem, of_words in problems if of_words and not exact]
    return Differences(_the_first(figures, place), _the_first(words, place))


def _the_first(problems: Iterable[Problem], place: Place) -> tuple[Problem, ...]:
    first = tuple(problems)
    if len(first) <= MAX_IN_A_FILE:
        return first
    last = Problem("package.more_differences", {"most": MAX_IN_A_FILE}, place)
    return (*first[:MAX_IN_A_FILE], last)


def _of_tables(table: Table, expected: bytes, content: bytes, place: Place) -> _Found:
    try:
        header, *records = csv_records(content)
    except ValueError:
        yield Problem("package.not_csv", {}, place), False
        return
    right_header, *right_records = csv_records(expected)
    if header != right_header:
        yield Problem("package.header_differs", {"expected": ", ".join(right_header)}, place), False
        return
    width = len(table.key)
    places = [header.index(name) for name in table.key]
    records_by_key = {_key(places, record): record for record in right_records}
    seen = set()
    for row, record in enumerate(records, start=2):
        at = place.at(row=row)
        key = _key(places, record) if len(record) == len(header) else ()
        if len(key) != width or key not in records_by_key or key in seen:
            figures = {"key": shown(", ".join(record[:3]))}
            yield Problem("package.row_unexpected", figures, at), table.is_told and key not in seen
            continue
        seen.add(key)
        for column, right, there in zip(header, records_by_key[key], record, strict=True):
            if right != there:
                figures = {"found": shown(there), "computed": shown(right)}
                yield Problem("package.value_differs", figures, at.at(field=column)), False
    for key in records_by_key:
        if key not in seen:
            figures = {"key": shown(", ".join(key))}
            yield Problem("package.row_missing", figures, place), table.is_told


def _key(places: list[int], record: list[str]) -> tuple[str, ...]:
    return tuple(record[place] for place in places)


def _of_json(expected: bytes, content: bytes, place: Place) -> _Found:
    try:
        value = parsed(content)
    except ValueError:
        yield Problem("package.not_json", {}, place), False
        return
    right = parsed(expected)
    if place.file == DATAPACKAGE:
        right, value = _by_path(right), _by_path(value)
    for difference in compared.differences(value, right):
        figures = {
            "found": shown(difference.there),
            "computed": shown(difference.computed),
        }
        problem = Problem("package.value_differs", figures, place.at(field=difference.path[:200]))
        yield problem, difference.of_words or _is_of_a_heading(difference, place.file)


def _is_of_a_heading(difference: Difference, file: str) -> bool:
    """Whether a description says the same figures in other words."""
    keys = {key.partition("[")[0] for key in difference.path.split(".")}
    return (
        file in (DATAPACKAGE, DCAT)
        and bool(keys & _HEADINGS)
        and numerals(difference.there) <= numerals(difference.computed)
    )


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


def _of_lines(expected: bytes, content: bytes, place: Place) -> _Found:
    of_words = numerals(content.decode("utf-8", errors="replace")) <= numerals(expected.decode())
    lines = zip(expected.splitlines(), content.splitlines(), strict=False)
    for line, (right, there) in enumerate(lines, start=1):
        if right != there:
            figures = {
                "found": shown(there.decode("utf-8", errors="replace")),
                "computed": shown(right.decode("utf-8")),
            }
            at = Place(file=place.file, line=line)
            yield Problem("package.value_differs", figures, at), of_words
