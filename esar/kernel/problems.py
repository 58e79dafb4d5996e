"""Why something was refused, as data: a code, its figures, its place and its clause.

The sentences live in `esar.kernel.wording`, in Thai and English. Pure: knows no framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Place:
    """Where in what the person sent us: a file, then a line or a sheet, row and field."""

    file: str = ""
    line: int | None = None
    sheet: str = ""
    row: int | None = None
    field: str = ""

    def at(self, *, row: int | None = None, field: str = "", sheet: str = "") -> Place:
        """The same place, looked at more closely."""
        return Place(
            self.file, self.line, sheet or self.sheet, row or self.row, field or self.field
        )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or (as a warning) unusual.

    `code` names the sentence; `figures` fill its blanks; `clause` is the rule it rests on: a text,
    or one in both languages, as a figure may be. `there` is the address of the thing's page where
    what one would begin is there already.
    """

    code: str
    figures: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    place: Place = Place()
    clause: object = ""
    there: str = ""


class Refused(Exception):
    """Raised once with every problem found, never with the first one only."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))
