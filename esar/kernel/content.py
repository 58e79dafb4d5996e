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
        form = _form(cls)
        content = object.__new__(cls)
        values = content.__dict__  # a frozen dataclass writes its fields there one by one
        if data.keys() == form.names:
            values |= data
            values["absent"] = ALL_THERE
        else:
            values |= form.left_out(frozenset(data))
            values |= data
        for name, read in form.readers:
            if name in data:
                values[name] = read(values[name])
        return content

    def to_json(self) -> dict[str, Any]:
        """The JSON that it was read from, or that is to be kept."""
        absent = self.absent
        return {
            name: _as_json(getattr(self, name))
            for name in _form(type(self)).names
            if name not in absent
        }


class _Form:
    """How the JSON of a class of content is read; worked out once for each class."""

    def __init__(self, content: type[Content]) -> None:
        hints = typing.get_type_hints(content)
        self.name = content.__name__
        self.fields = {part.name: part for part in dataclasses.fields(content)}
        del self.fields["absent"]
        self.names = dict.fromkeys(self.fields).keys()
        readers = {name: _reader(hints[name]) for name in self.fields}
        self.readers = [(name, read) for name, read in readers.items() if read is not _as_it_is]
        self._left_out: dict[frozenset[str], dict[str, Any]] = {}

    def left_out(self, keys: frozenset[str]) -> dict[str, Any]:
        """What the fields hold that JSON of these keys leaves out. Errors: as of `from_json`."""
        if keys not in self._left_out:
            if unknown := keys - self.names:
                raise ValueError(f"{self.name} has no field for {', '.join(sorted(unknown))}")
            absent = frozenset(self.names - keys)
            self._left_out[keys] = {name: self._default(name) for name in absent}
            self._left_out[keys]["absent"] = absent
        return self._left_out[keys]

    def _default(self, name: str) -> Any:
        part = self.fields[name]
        if part.default_factory is not dataclasses.MISSING:
            return part.default_factory()
        if part.default is dataclasses.MISSING:
            raise TypeError(f"{self.name} needs {name}")
        return part.default


_FORMS: dict[type[Content], _Form] = {}


def _form(content: type[Content]) -> _Form:
    if content not in _FORMS:
        _FORMS[content] = _Form(content)
    return _FORMS[content]


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
