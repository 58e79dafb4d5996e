"""Content that was kept as JSON, read once into frozen dataclasses and written back as it was.

What was agreed, sent in or planned is bound by the digest of its JSON. A dataclass names every key
that such JSON may have; what is read and written again has the same digest, also where it is older
than some of the keys.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

Reader = Callable[[Any], Any]
ALL_THERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """JSON of one form; the fields of a subclass are its keys.

    Understood field types: what JSON has itself, another `Content`, `tuple[X, ...]` for a list,
    `Mapping[str, X]`, and `X | None`. `absent` are the keys that this JSON does not have: they read
    as their field's default and are not written.
    """

    absent: frozenset[str] = field(default=frozenset(), kw_only=True, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Errors: ValueError for a key without a field; TypeError without one that is needed."""
        readers, absent = _readers(cls), ALL_THERE
        if data.keys() != readers.keys():
            absent = frozenset(readers.keys() - data.keys())
            if unknown := data.keys() - readers.keys():
                raise ValueError(f"{cls.__name__} has no field for {', '.join(sorted(unknown))}")
        values = {
            name: data[name] if read is _as_it_is else read(data[name])
            for name, read in readers.items()
            if name in data
        }
        return cls(**values, absent=absent)

    def to_json(self) -> dict[str, Any]:
        """The JSON that it was read from, or that is to be kept."""
        absent = self.absent
        return {
            name: _as_json(getattr(self, name))
            for name in _readers(type(self))
            if name not in absent
        }


_READERS: dict[type[Content], dict[str, Reader]] = {}


def _readers(form: type[Content]) -> dict[str, Reader]:
    """Field name → how its JSON is read; worked out once for each form."""
    if form not in _READERS:
        hints = typing.get_type_hints(form)
        names = [part.name for part in dataclasses.fields(form) if part.name != "absent"]
        _READERS[form] = {name: _reader(hints[name]) for name in names}
    return _READERS[form]


def _reader(hint: Any) -> Reader:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(argument for argument in arguments if argument is not types.NoneType))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda data: tuple(item(part) for part in data)
    if isinstance(hint, type) and issubclass(hint, Content):
        return hint.from_json
    return _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _as_json(value: object) -> object:
    if value is None or isinstance(value, str):
        return value  # nearly all of them
    if isinstance(value, Content):
        return value.to_json()
    if isinstance(value, tuple):
        return [_as_json(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value
