"""A frozen dataclass is the schema: read a `Node` into it, or say everything that is wrong.

Understood field types: str, int, bool, Decimal, date, Text, Literal, other dataclasses,
`tuple[X, ...]`, `Mapping[str, X]` and `X | None`. A key the dataclass does not name is refused.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Set
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast

from esar.kernel.figures import exact_decimal
from esar.kernel.problems import Problem
from esar.law.rules.nodes import Node
from esar.law.rules.years import BUDDHIST_OFFSET

# Nothing in Thai administration is dated before 1900 C.E.; 2400 C.E. is a B.E. year in disguise.
_FIRST_YEAR, _BUDDHIST_FROM = 1900, 2400

Shape = TypeVar("Shape")


class Unreadable(Exception):
    """This value cannot be built; the reasons are already in the list of problems."""


def read(node: Node, shape: Any, problems: list[Problem]) -> Any:
    """`node` as a value of type `shape`.

    Errors: Unreadable, after adding every reason to `problems`.
    """
    reader, inner = _reader_of(shape)
    return reader(node, inner, problems)


Reader = Callable[[Node, Any, list[Problem]], Any]


@cache
def _reader_of(shape: Any) -> tuple[Reader, Any]:
    """What reads a value of a type, and what it is told of the type; worked out once for each."""
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin in (typing.Union, types.UnionType):
        inner = next(argument for argument in arguments if argument is not type(None))
        return _read_if_any, inner
    if origin is tuple:
        return _read_list, arguments[0]
    if origin is Mapping:
        return _read_mapping, arguments[1]
    if origin is Literal:
        return _read_choice, arguments
    is_record = isinstance(shape, type) and dataclasses.is_dataclass(shape)
    return (read_record if is_record else _read_scalar), shape


def _read_if_any(node: Node, shape: Any, problems: list[Problem]) -> Any:
    return None if node.is_null else read(node, shape, problems)


def field_types(shape: type[object]) -> dict[str, Any]:
    """Field name → type, resolved once per dataclass."""
    key: Any = shape  # any class can be hashed
    return _field_types(key)


@cache
def _field_types(shape: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(shape)
    return {field.name: hints[field.name] for field in dataclasses.fields(shape)}


def names_in(shape: Any) -> set[str]:
    """The fields of a dataclass and of those inside it: what a citation may say of a value."""
    names: set[str] = set()
    for name, kind in _field_types(shape).items():
        names.add(name)
        for inner in typing.get_args(kind):
            if isinstance(inner, type) and dataclasses.is_dataclass(inner):
                names |= names_in(inner)
    return names


@cache
def required_fields(shape: Any) -> frozenset[str]:
    missing = dataclasses.MISSING
    return frozenset(
        field.name
        for field in dataclasses.fields(shape)
        if field.default is missing and field.default_factory is missing
    )


def _refuse(problems: list[Problem], code: str, node: Node, **figures: object) -> Unreadable:
    problems.append(Problem(code, figures, node.place))
    return Unreadable()


def _read_list(node: Node, shape: Any, problems: list[Problem]) -> tuple[Any, ...]:
    if node.items is None:
        raise _refuse(problems, "rules.not_a_list", node)
    return tuple(_read_all([(item, shape) for item in node.items], problems))


def _read_mapping(node: Node, shape: Any, problems: list[Problem]) -> Mapping[str, Any]:
    if node.pairs is None:
        raise _refuse(problems, "rules.not_a_mapping", node)
    values = _read_all([(value, shape) for value in node.pairs.values()], problems)
    return MappingProxyType(dict(zip(node.pairs, values, strict=True)))


def read_record(node: Node, shape: type[Shape], problems: list[Problem]) -> Shape:
    """`node` as a dataclass.

    Errors: Unreadable, after adding every reason to `problems`.
    """
    if node.pairs is None:
        raise _refuse(problems, "rules.not_a_mapping", node)
    hints, key = field_types(shape), cast("Any", shape)  # any class can be hashed
    complete = check_keys(node, hints.keys(), required_fields(key), problems)
    nodes = {key: value for key, value in node.pairs.items() if key in hints}
    values = _read_all([(value, hints[key]) for key, value in nodes.items()], problems)
    if not complete:
        raise Unreadable
    return shape(**dict(zip(nodes, values, strict=True)))


def check_keys(node: Node, allowed: Set[str], required: Set[str], problems: list[Problem]) -> bool:
    """Every key is known and none is missing; else says which, and what is allowed."""
    pairs = node.pairs or {}
    unknown = [key for key in pairs if key not in allowed]
    missing = sorted(required - pairs.keys())
    for key in unknown:
        figures = {"key": key, "known": ", ".join(sorted(allowed))}
        problems.append(Problem("rules.unknown_key", figures, node.key_places[key]))
    for key in missing:
        problems.append(Problem("rules.missing_key", {"key": key}, node.place))
    return not (unknown or missing)


def _read_all(pairs: list[tuple[Node, Any]], problems: list[Problem]) -> list[Any]:
    """Read them all before giving up, so that every mistake is reported at once."""
    values, failed = [], False
    for node, shape in pairs:
        try:
            values.append(read(node, shape, problems))
        except Unreadable:
            failed = True
    if failed:
        raise Unreadable
    return values


def _read_choice(node: Node, choices: tuple[str, ...], problems: list[Problem]) -> str:
    if node.text not in choices:
        raise _refuse(
            problems, "rules.not_a_choice", node, value=node.text, known=", ".join(choices)
        )
    return node.text


def _read_scalar(node: Node, shape: type, problems: list[Problem]) -> Any:
    if node.text is None:
        raise _refuse(problems, "rules.no_value", node)
    reader = {str: _text, int: _whole, bool: _yes_or_no, Decimal: _decimal, date: read_day}[shape]
    return reader(node, problems)


def _text(node: Node, problems: list[Problem]) -> str:
    text = (node.text or "").strip()
    if not text:
        raise _refuse(problems, "rules.no_value", node)
    return text


def _whole(node: Node, problems: list[Problem]) -> int:
    number = exact_decimal(node.text or "")
    if number is None or number != int(number):
        raise _refuse(problems, "rules.not_a_whole_number", node, value=node.text)
    return int(number)


def _yes_or_no(node: Node, problems: list[Problem]) -> bool:
    if node.text not in ("true", "false"):
        raise _refuse(problems, "rules.not_true_or_false", node, value=node.text)
    return node.text == "true"


def _decimal(node: Node, problems: list[Problem]) -> Decimal:
    number = exact_decimal(node.text or "")
    if number is None:
        raise _refuse(problems, "rules.not_a_decimal", node, value=node.text)
    return number


def read_day(node: Node, problems: list[Problem]) -> date:
    """A Gregorian day written YYYY-MM-DD. A Buddhist-era year is refused with the right one."""
    try:
        year, month, day = (int(part) for part in (node.text or "").split("-"))
    except ValueError:
        raise _refuse(problems, "rules.not_a_date", node, value=node.text) from None
    if year >= _BUDDHIST_FROM:
        hint = f"{year - BUDDHIST_OFFSET:04d}-{month:02d}-{day:02d}"
        raise _refuse(problems, "rules.buddhist_date", node, value=node.text, hint=hint)
    try:
        read_as = date(year, month, day)
    except ValueError:
        raise _refuse(problems, "rules.no_such_day", node, value=node.text) from None
    if year < _FIRST_YEAR or read_as.isoformat() != node.text:
        raise _refuse(problems, "rules.not_a_date", node, value=node.text)
    return read_as
