"""`Step`: one move of a computation, with its rule, inputs, formula, output and clause.

Scoring makes many steps and few are read: a step keeps the figures, and its text is written when
somebody reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType

from esar.kernel.wording import in_unit, say
from esar.law.rules.book import Assumed, Cite, Rule
from esar.law.rules.numbers import EXACT, trimmed

_SHOWN_PLACES = 10


@dataclass(frozen=True, slots=True)
class Formula:
    """Figures with the signs between them: `str` writes them out."""

    pattern: str
    figures: tuple[object, ...]

    def __str__(self) -> str:
        return self.pattern.format(*map(plain, self.figures))


@dataclass(frozen=True, slots=True)
class Step:
    """`code` names the sentence (`esar.kernel.wording`), `inputs` fill it.

    `cites` are the clauses it rests on; `assumed` says what no source gives.
    """

    code: str
    rule: str
    inputs: Mapping[str, object]
    cites: tuple[Cite, ...]
    assumed: tuple[Assumed, ...]
    _formula: Formula | str
    _output: object

    @property
    def formula(self) -> str:
        """The move in figures."""
        return str(self._formula)

    @property
    def output(self) -> str:
        """What came of it, as text: it may be points, a grade or a number of days."""
        return plain(self._output)

    def text(self, language: str) -> str:
        """The step as a sentence, "th" or "en"."""
        return say(self.code, {**self.inputs, "output": self.output}, language)


def step(
    code: str,
    rule: Rule[object],
    *,
    formula: Formula | str = "",
    output: object = "",
    **inputs: object,
) -> Step:
    """A step that rests on `rule`."""
    version = rule.version
    return Step(
        code,
        rule.entry.id,
        MappingProxyType(inputs),
        version.cites,
        version.assumed,
        formula,
        output,
    )


def plain(value: object) -> str:
    """A figure as text: decimals without exponent, everything else as it says itself."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Exact:
    """A figure that is not rounded yet, shown with no more decimals than it needs."""

    value: Decimal

    def __str__(self) -> str:
        return f"{trimmed(self.value):f}"


@dataclass(frozen=True, slots=True)
class InUnit:
    """A result with its unit, as each language reads it."""

    value: Decimal
    unit: str

    @property
    def th(self) -> str:
        return in_unit(plain(self.value), self.unit, "th")

    @property
    def en(self) -> str:
        return in_unit(plain(self.value), self.unit, "en")


@dataclass(frozen=True, slots=True)
class Ratio:
    """An exact quotient not yet rounded."""

    numerator: Decimal
    denominator: Decimal

    def __str__(self) -> str:
        """The quotient for people: exact when it ends, else cut after ten decimals with "…"."""
        unit = Decimal(1).scaleb(-_SHOWN_PLACES)
        scaled = EXACT.scaleb(self.numerator, _SHOWN_PLACES)
        whole, rest = EXACT.divmod(scaled, self.denominator)
        cut = EXACT.scaleb(whole, -_SHOWN_PLACES).quantize(unit, ROUND_DOWN)
        text = f"{cut:f}".rstrip("0").rstrip(".")
        return text + ("…" if rest else "")
