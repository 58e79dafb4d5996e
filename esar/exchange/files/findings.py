"""`Raw`, the fields of one thing as they came, and `Findings`, every problem met on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from esar.exchange.files import values
from esar.exchange.files.values import Unfit, blank
from esar.kernel import spelling
from esar.kernel.problems import Place, Problem, Refused

Value = TypeVar("Value")
MAX_PROBLEMS = 500


@dataclass(frozen=True)
class Raw:
    """One scorecard, KPI, item or activity, unread: its fields by key and where they stand.

    `prefix` leads to the fields in a JSON file ("kpis[2]."); in a table it is empty.
    `targets` are (key, value) pairs from the lowest level up. `parts` are a KPI's items,
    `activities` its plan; None when it has no such list. `places` are those of fields that
    stand on another row than the rest.
    """

    fields: Mapping[str, object]
    place: Place
    prefix: str = ""
    targets: tuple[tuple[str, object], ...] = ()
    parts: tuple[Raw, ...] | None = None
    activities: tuple[Raw, ...] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        return self.places.get(key) or self.place.at(field=self.prefix + key)

    def has(self, *keys: str) -> bool:
        return any(key in self.fields for key in keys)


@dataclass
class Findings:
    """Collects problems, so that a person reads all of them at once; notes stop nothing.

    What is sent by people (`is_sent`) is taken in the one normal form of text, and refused where
    its letters are ruined; what we kept ourselves is read as it is.

    Errors: Refused after `MAX_PROBLEMS`: nobody reads more, and a hostile file makes millions.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    is_sent: bool = False

    def add(self, code: str, place: Place, **figures: object) -> None:
        self.problems.append(Problem(code, figures, place))
        if len(self.problems) >= MAX_PROBLEMS:
            more = Problem("file.more_problems", {"most": MAX_PROBLEMS}, Place(file=place.file))
            raise Refused([*self.problems, more])

    def value(self, raw: object, place: Place, parse: Callable[[object], Value]) -> Value | None:
        """The parsed value; None when there is none, or when it became a problem."""
        if blank(raw):
            return None
        try:
            parsed = parse(raw)
            if self.is_sent and type(parsed) is str:
                return cast(Value, _spelt(str(parsed)))
            return parsed
        except Unfit as unfit:
            self.add(unfit.code, place, **unfit.figures)
            return None

    def words(self, raw: object) -> str:
        """Words, held to what may be sent where they were. Errors: Unfit."""
        return values.text(raw) if self.is_sent else values.words(raw)

    def read(self, raw: Raw, key: str, parse: Callable[[object], Value]) -> Value | None:
        return self.value(raw.fields.get(key), raw.at(key), parse)

    def need(self, raw: Raw, key: str, parse: Callable[[object], Value]) -> Value | None:
        """Like `read`, but nothing there is a problem too."""
        if blank(raw.fields.get(key)):
            self.add("file.no_value", raw.at(key), key=key)
            return None
        return self.read(raw, key, parse)

    def need_number(self, raw: Raw, key: str, parse: Callable[[object], str]) -> str:
        """The number of a KPI or item, like 1.1: of what is sent one spelling, ๑. ๑ among them."""
        words = self.need(raw, key, parse) or ""
        return spelling.number(words) if self.is_sent else words

    def refuse(self) -> None:
        """Errors: Refused, with everything found so far; nothing when there is nothing."""
        if self.problems:
            raise Refused(self.problems)


def _spelt(words: str) -> str:
    """The words in their normal form."""
    return spelling.normal(words).strip()


def refused(code: str, place: Place, **figures: object) -> Refused:
    """The refusal of a whole file for one reason."""
    return Refused([Problem(code, figures, place)])
