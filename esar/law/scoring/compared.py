"""An explanation that was kept, beside the one that its facts give today: what differs, and how.

A later release may explain the same score in other words, with more steps or warnings; it may not
come to other figures. So what the program says (`steps`, `warnings`) may differ in words, as long
as it holds no figure that today's explanation of the same step lacks; everything else may not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from esar.kernel.figures import exact_decimal

ABSENT: Final = object()
SAID = ("steps", "warnings")  # what the program says of a score, and not what it is
# What a score comes to; a key besides, that an earlier release did not write, is no figure.
FIGURES = frozenset(
    {
        *("code", "kind", "year", "round", "total", "out_of", "note", "rulebook_sha256", "grade"),
        *("components", "kpis", "id", "weight", "weighted", "result", "points", "passed"),
        "held_to",
    }
)
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Difference:
    """One smallest part that differs, by its path; `of_words` where no figure does.

    `there` is what was kept, `computed` what it should be; ABSENT where one of them has none.
    """

    path: str
    there: Any
    computed: Any
    of_words: bool = False


def same_figures(there: Any, computed: Any) -> bool:
    """Whether two explanations are of one score, in whatever words."""
    return all(difference.of_words for difference in differences(there, computed))


def differences(there: Any, computed: Any) -> Iterator[Difference]:
    """Every part of a kept explanation that is not what was computed."""
    if _written(there) != _written(computed):
        yield from _differences(there, computed, "")


def _written(part: Any) -> str:
    """A part as text, in which unlike for Python 1 is not true."""
    return json.dumps(part, sort_keys=True)


def _differences(there: Any, computed: Any, path: str) -> Iterator[Difference]:
    if isinstance(there, dict) and isinstance(computed, dict):
        for key in [*computed, *(key for key in there if key not in computed)]:
            below = f"{path}.{key}" if path else str(key)
            parts = there.get(key, ABSENT), computed.get(key, ABSENT)
            if key in SAID and all(isinstance(part, list) for part in parts):
                yield from _of_what_is_said(*parts, below)
            elif key not in there and key not in FIGURES:
                yield Difference(below, *parts, of_words=True)
            else:
                yield from _differences(*parts, below)
    elif isinstance(there, list) and isinstance(computed, list):
        for at in range(max(len(there), len(computed))):
            parts = _at(there, at), _at(computed, at)
            yield from _differences(*parts, f"{path}[{at}]")
    elif type(there) is not type(computed) or there != computed:
        yield Difference(path, there, computed)


def _at(parts: list[Any], at: int) -> Any:
    return parts[at] if at < len(parts) else ABSENT


def _of_what_is_said(there: list[Any], computed: list[Any], path: str) -> Iterator[Difference]:
    """Steps are held against the steps of the same rule, though others came between them."""
    matcher = SequenceMatcher(None, [_of(step) for step in there], [_of(step) for step in computed])
    figures = numerals(computed)
    for same, first, last, first_computed, last_computed in matcher.get_opcodes():
        if same == "equal":
            for at, step in zip(range(first, last), computed[first_computed:], strict=False):
                yield from _of_step(there[at], step, f"{path}[{at}]")
            continue
        for at in range(first, last):
            yield Difference(f"{path}[{at}]", there[at], ABSENT, numerals(there[at]) <= figures)
        for at in range(first_computed, last_computed):
            yield Difference(f"{path}[{at}]", ABSENT, computed[at], of_words=True)


def _of(step: Any) -> tuple[Any, Any]:
    return (step.get("code"), step.get("rule")) if isinstance(step, dict) else (None, str(step))


def _of_step(there: Any, computed: Any, path: str) -> Iterator[Difference]:
    """A figure that a step came to or began with is compared as a figure, however it is written."""
    figures = numerals(computed)
    for difference in _differences(there, computed, path):
        values = [_figure(part) for part in (difference.there, difference.computed)]
        same = (
            values[0] == values[1] if None not in values else numerals(difference.there) <= figures
        )
        yield Difference(difference.path, difference.there, difference.computed, same)


def _figure(part: Any) -> Any:
    return exact_decimal(part) if isinstance(part, str) else None


def numerals(part: Any) -> Counter[str]:
    """Every figure that stands in a text, or anywhere in a part of a JSON file, without idle zeros
    and as often as it stands there.
    """
    if part is ABSENT:
        return Counter()
    text = part if isinstance(part, str) else json.dumps(part, ensure_ascii=False)
    return Counter(_trimmed(numeral) for numeral in _NUMERAL.findall(text))


def _trimmed(numeral: str) -> str:
    whole, _, decimals = numeral.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


def shown(value: Any) -> str:
    """A part in quotes: text from elsewhere must never be taken for the code of a sentence."""
    if value is ABSENT:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    printable = "".join(character if character.isprintable() else "·" for character in text[:81])
    return f"“{printable}”" if len(text) <= 80 else f"“{printable[:79]}…”"
