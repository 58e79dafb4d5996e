"""Frozen records: dataclasses whose methods stand here once and are compiled for no class anew.

A rulebook has some sixty shapes; to compile six methods for each of them took a sixth of the time
in which the command scores one card. They are made when a rulebook is read, and then only read.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

Shape = TypeVar("Shape")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(shape: type[Shape]) -> type[Shape]:
    """The class as a frozen dataclass: what a field is, how it compares and how it is shown."""
    dataclass(init=False, repr=False, eq=False)(shape)
    bare: Any = shape
    bare.__init__, bare.__repr__, bare.__eq__, bare.__hash__ = _init, _repr, _eq, _hash
    bare.__setattr__ = bare.__delattr__ = _refuse
    return shape


def _init(self: Any, *values: Any, **by_name: Any) -> None:
    """Errors: TypeError for what is no field, is given twice, or is missing."""
    places = fields(self)
    names = [place.name for place in places]
    by_place = dict(zip(names, values, strict=False))
    content = {
        **{place.name: place.default for place in places if place.default is not MISSING},
        **{
            place.name: place.default_factory()
            for place in places
            if place.default_factory is not MISSING
        },
        **by_place,
        **by_name,
    }
    is_twice = len(values) > len(names) or by_place.keys() & by_name
    if is_twice or content.keys() != set(names):
        raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
    vars(self).update({name: content[name] for name in names})


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(vars(self).values())


def _repr(self: Any) -> str:
    pairs = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
    return f"{type(self).__qualname__}({pairs})"


def _eq(self: Any, operand: object) -> Any:
    return _values(self) == _values(operand) if type(operand) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name}")
