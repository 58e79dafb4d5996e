"""`Step`: one move of a computation, with its rule, inputs, formula, output and clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType

from esar.kernel.wording import in_unit, say
from esar.law.rules.book import Assumed, Cite, Rule
from esar.law.rules.numbers import EXACT, trimmed
from esar.law.rules.text import Text

_SHOWN_PLACES = 10


@dataclass(frozen=True)
class Step:
    """`code` names the sentence (`esar.kernel.wording`), `inputs` fill it; `formula` is in figures.

    `output` is text because it may be points, a grade or a number of days. `cites` are the
    clauses it rests on; `assumed` says what no source gives.
    """

    code: str
    rule: str
    inputs: Mapping[str, object]
    formula: str
    output: str
    cites: tuple[Cite, ...]
    assumed: tuple[Assumed, ...]

    def text(self, language: str) -> str:
        """The step as a sentence, "th" or "en"."""
        return say(self.code, {**self.inputs, "output": self.output}, language)


def step(
    code: str, rule: Rule[object], *, formula: str = "", output: object = "", **inputs: object
) -> Step:
    """A step that rests on `rule`."""
    return Step(
        code=code,
        rule=rule.id,
        inputs=MappingProxyType(inputs),
        formula=formula,
        output=plain(output),
        cites=rule.version.cites,
        assumed=rule.version.assumed,
    )


def plain(value: object) -> str:
    """A figure as text: decimals without exponent, everything else as it says itself."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def exact(value: Decimal) -> str:
    """A figure that is not rounded yet, with no more decimals than it needs."""
    return f"{trimmed(value):f}"


def said(actual: Decimal, unit: str) -> Text:
    """A result with its unit, as each language reads it."""
    return Text(in_unit(plain(actual), unit, "th"), in_unit(plain(actual), unit, "en"))


@dataclass(frozen=True)
class Ratio:
    """An exact quotient not yet rounded."""

    numerator: Decimal
    denominator: Decimal

    def shown(self) -> str:
        """The quotient for people: exact when it ends, else cut after ten decimals with "…"."""
        unit = Decimal(1).scaleb(-_SHOWN_PLACES)
        scaled = EXACT.scaleb(self.numerator, _SHOWN_PLACES)
        whole, rest = EXACT.divmod(scaled, self.denominator)
        cut = EXACT.scaleb(whole, -_SHOWN_PLACES).quantize(unit, ROUND_DOWN)
        text = f"{cut:f}".rstrip("0").rstrip(".")
        return text + ("…" if rest else "")
