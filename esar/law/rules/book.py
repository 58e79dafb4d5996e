"""A year's rulebook in memory: entries, their dated versions, and what binds on a day.

A rule is generic on its kind, a dataclass of `esar.law.rules.kinds`: `rules.the(Grades)` is a
`Rule[Grades]`, and its `value` is a `Grades`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeGuard, TypeVar, cast

from esar.kernel.problems import Place
from esar.law.rules.kinds import NAMES, Rounding, Total
from esar.law.rules.text import Text
from esar.law.rules.years import FiscalYear

Kind = TypeVar("Kind")
Kind_co = TypeVar("Kind_co", covariant=True)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Source:
    """A document that the rules cite. `day` is its own date; none when it shows none."""

    id: str
    title: Text
    issuer: Text
    number: str | None = None
    day: date | None = None
    link: str | None = None
    sha256: str | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Cite:
    """The clause of a source that a value rests on; `fields` where it says only these of it."""

    source: Source
    clause: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.source.title.th} {self.clause}"


@dataclass(frozen=True)
class Assumed:
    """What no source gives: the field ("*" for the whole value) and why it stands as it does."""

    field: str
    reason: Text


@dataclass(frozen=True)
class Version(Generic[Kind_co]):
    """An entry's value from `first_day` on; `value` is None where the rule ends."""

    first_day: date
    value: Kind_co | None
    cites: tuple[Cite, ...]
    assumed: tuple[Assumed, ...]
    place: Place


@dataclass(frozen=True)
class Entry(Generic[Kind_co]):
    """One rule: its id, its kind, the classes of bodies it is for, and its versions by day."""

    id: str
    kind: type[Kind_co]
    label: Text
    bodies: tuple[str, ...]
    note: Text | None
    versions: tuple[Version[Kind_co], ...]
    place: Place

    @property
    def kind_name(self) -> str:
        """The kind as the rulebook writes it."""
        return NAMES[self.kind]

    def on(self, day: date) -> Version[Kind_co] | None:
        """The version that binds on `day`, or None before the first and after the end."""
        binding = [version for version in self.versions if version.first_day <= day]
        return binding[-1] if binding and binding[-1].value is not None else None


@dataclass(frozen=True)
class Rule(Generic[Kind_co]):
    """One entry as it binds on one day. `value` is the dataclass of its kind."""

    entry: Entry[Kind_co]
    version: Version[Kind_co]

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def label(self) -> Text:
        return self.entry.label

    @property
    def value(self) -> Kind_co:
        value = self.version.value
        assert value is not None, "a version that ends a rule does not bind"
        return value

    @property
    def cites(self) -> tuple[Cite, ...]:
        return self.version.cites

    def cites_of(self, *fields: str) -> tuple[Cite, ...]:
        """The citations that say the fields given; all of them where none is given.

        One that names no fields is of the whole value but for what is assumed: of a field that no
        source gives it says nothing.
        """
        names, assumed = set(fields), {assumption.field for assumption in self.version.assumed}
        says_the_rest = not names or not ("*" in assumed or names <= assumed)
        return tuple(
            cite
            for cite in self.cites
            if (names & set(cite.fields) or not names if cite.fields else says_the_rest)
        )

    def assumed_of(self, *fields: str) -> tuple[Assumed, ...]:
        """What no source gives of the fields given, of the whole value included."""
        return tuple(one for one in self.version.assumed if one.field in ("*", *fields))


def is_of(rule: Rule[object], kind: type[Kind]) -> TypeGuard[Rule[Kind]]:
    """Whether a rule is of a kind; a type checker then knows its value."""
    return rule.entry.kind is kind


@dataclass(frozen=True)
class Rules:
    """What binds on one day, for one class of bodies (or for all)."""

    year: FiscalYear
    day: date
    body_kind: str | None
    by_id: Mapping[str, Rule[object]]
    _answers: dict[Callable[[Rules], object], object] = field(
        default_factory=dict, repr=False, compare=False
    )

    def once(self, question: Callable[[Rules], Answer]) -> Answer:
        """What `question` answers of these rules, worked out once: they do not change."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    @cached_property
    def _by_kind(self) -> dict[type[object], tuple[Rule[object], ...]]:
        rules: dict[type[object], list[Rule[object]]] = {}
        for rule in self.by_id.values():
            rules.setdefault(rule.entry.kind, []).append(rule)
        return {kind: tuple(of_kind) for kind, of_kind in rules.items()}

    @cached_property
    def _rounding_by_figure(self) -> dict[str, Rule[Rounding]]:
        return {rule.value.figure: rule for rule in reversed(self.of_kind(Rounding))}

    def of_kind(self, kind: type[Kind]) -> tuple[Rule[Kind], ...]:
        """Every rule of a kind, in the order the rulebook writes them."""
        return cast("tuple[Rule[Kind], ...]", self._by_kind.get(kind, ()))

    def the(self, kind: type[Kind]) -> Rule[Kind] | None:
        """The only rule of a kind, or None. The proofs at load refuse two for one class."""
        rules = self.of_kind(kind)
        return rules[0] if rules else None

    def get(self, rule_id: str, kind: type[Kind]) -> Rule[Kind] | None:
        """The rule with an id, or None where there is none of this kind under it."""
        rule = self.by_id.get(rule_id)
        return rule if rule is not None and is_of(rule, kind) else None

    def need(self, rule_id: str, kind: type[Kind]) -> Rule[Kind]:
        """The rule with an id. Errors: LookupError where there is none of this kind under it."""
        rule = self.get(rule_id, kind)
        if rule is None:
            raise LookupError(rule_id)
        return rule

    def rounding(self, figure: str) -> int:
        """Decimals that `figure` ("kpi_points" or "total") is rounded to."""
        return self.rounding_rule(figure).value.places

    def rounding_rule(self, figure: str) -> Rule[Rounding]:
        return self._rounding_by_figure[figure]


@dataclass(frozen=True)
class Rulebook:
    """A fiscal year's rules, complete by themselves.

    `sha256` is of the folder's own text, `schema` the version of the schema that it is written in.
    """

    year: FiscalYear
    sources: Mapping[str, Source]
    entries: Mapping[str, Entry[object]]
    sha256: str
    schema: int
    _answers: dict[tuple[date, str | None], Rules] = field(
        default_factory=dict, repr=False, compare=False
    )

    def on(self, day: date, body_kind: str | None = None) -> Rules:
        """The rules that bind on `day`; for one class of bodies when `body_kind` is given.

        Worked out once for each question: a rulebook does not change.
        """
        key = (day, body_kind)
        if key not in self._answers:
            self._answers[key] = self._on(day, body_kind)
        return self._answers[key]

    def _on(self, day: date, body_kind: str | None) -> Rules:
        by_id = {
            entry.id: Rule(entry, version)
            for entry in self.entries.values()
            if (body_kind is None or body_kind in entry.bodies)
            and (version := entry.on(day)) is not None
        }
        return Rules(self.year, day, body_kind, by_id)

    def body_kinds(self) -> list[str]:
        """The classes of bodies that this year has a scorecard for."""
        return list(self._body_kinds)

    @cached_property
    def _body_kinds(self) -> tuple[str, ...]:
        totals = [entry for entry in self.entries.values() if entry.kind is Total]
        return tuple(sorted({kind for entry in totals for kind in entry.bodies}))

    def names(self) -> dict[str, Text]:
        """Entry id → its label, for showing what mentions an entry."""
        return {entry.id: entry.label for entry in self.entries.values()}

    def change_days(self) -> list[date]:
        """Every day on which some rule begins, changes or ends."""
        return sorted({v.first_day for e in self.entries.values() for v in e.versions})

    def assumptions(self) -> Iterator[tuple[Entry[object], Version[object], Assumed]]:
        for entry in self.entries.values():
            for version in entry.versions:
                for assumed in version.assumed:
                    yield entry, version, assumed
