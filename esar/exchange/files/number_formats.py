"""A workbook's number format: how a number is shown, so that the figure read is the one seen.

A format may scale (%, a comma at its end), hide (;;;), drop a sign, or put digits of its own
beside those of the number. Per cent is honoured; whatever else would make the figure that people
see another than the one stored is refused. Fewer decimals than are stored are shown rounded.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache

from esar.exchange.files.values import Figure, Flaw
from esar.law.rules.numbers import EXACT, round_half_up, trimmed

GENERAL = "General"
GENERAL_WIDTH = 11  # characters of a number in the general format
_EXPONENT_WIDTH = 6  # of them that an exponent takes: a digit, the point, E+12
# Formats that Thai Excel keeps by number only.
THAI_BUILT_IN = {
    59: "t0",
    60: "t0.00",
    61: "t#,##0",
    62: "t#,##0.00",
    67: "t0%",
    68: "t0.00%",
    69: "t# ?/?",
    70: "t# ??/??",
}
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_.|\*."
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General)"
    r"|(?P<exponent>[Ee][+-])"
    r"|(?P<sign>[0#?.,%/@;])"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COLOUR = re.compile("black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]{1,2}")
_RED = ("red", "color3")
_DATE_LETTERS = frozenset("bdghmsyBDGHMSY")
_MINUS = ("-", "\u2212", "\u2013")
_PLACEHOLDERS = frozenset("0#?")
COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
}


@dataclass
class Section:
    """One part of a format: its marks in order, words among them with a leading apostrophe."""

    marks: list[str] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    colour: str = ""  # as the format says it: red, color 3
    is_of_days: bool = False

    def holds(self, value: Decimal) -> bool:
        if self.condition is None:
            return True
        sign, bound = self.condition
        return COMPARISONS[sign](value, bound)


def as_shown(stored: Figure, code: str, width: float | None = None) -> Figure | Flaw:
    """A stored number as a cell of this format shows it, or why it cannot be read from it.

    `width` is the column's, in characters: a number in the general format is shown rounded where
    it does not fit.
    """
    value = Decimal(stored)
    sections = parsed(code or GENERAL)
    section, has_own_sign = _section_of(value, sections)
    if section is None:
        return Flaw("file.shown_as_signs", str(stored))
    if section.is_of_days:
        return Flaw("file.shown_as_day", str(stored))
    words = "".join(mark[1:] for mark in section.marks if mark.startswith("'"))
    if not any(mark in _PLACEHOLDERS or mark in (GENERAL, "@") for mark in section.marks):
        return _without_digits(stored, value, words)
    if _leaves_zero_out(section.marks, value):
        return _without_digits(stored, value, words + "." * section.marks.count("."))
    if flaw := _flaw_of(section, value, stored, has_own_sign=has_own_sign):
        return flaw
    figure = _figure(section, value, width)
    if width is not None and len(figure.shown) > 2 * width and GENERAL not in section.marks:
        return Flaw("file.shown_as_signs", str(stored))
    return figure


def colour_of(stored: Figure, code: str) -> str:
    """The colour in which a format writes a number, as the format says it; empty for none."""
    if "[" not in code:
        return ""
    section, _ = _section_of(Decimal(stored), parsed(code))
    return section.colour if section is not None else ""


def text_as_shown(text: str, code: str) -> str | Flaw:
    """A text as a cell of this format shows it: a fourth section may hide it."""
    sections = parsed(code or GENERAL)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if "@" not in section.marks:
        return Flaw("file.invisible_value", text[:60]) if len(sections) > 3 else text
    return "".join(
        text if mark == "@" else mark[1:] for mark in section.marks if mark[0] in "'@"
    ).strip()


@cache
def parsed(code: str) -> tuple[Section, ...]:
    """The sections of a format, in order."""
    sections = [Section()]
    for match in _TOKENS.finditer(code):
        if match["sign"] == ";":
            sections.append(Section())
        else:
            _add(sections[-1], match)
    return tuple(sections)


def _add(section: Section, match: re.Match[str]) -> None:
    kind = match.lastgroup
    if kind in ("quoted", "escaped"):
        section.marks.append("'" + match[kind])
    elif kind == "bracket":
        _add_bracket(section, match["bracket"])
    elif kind == "general":
        section.marks.append(GENERAL)
    elif kind == "exponent":
        section.marks.append("E")
    elif kind == "sign":
        section.marks.append(match["sign"])
    elif kind == "plain":
        _add_plain(section, match["plain"])


def _add_plain(section: Section, sign: str) -> None:
    if sign in _DATE_LETTERS:
        section.is_of_days = True
    elif sign not in "tT":  # Thai digits
        section.marks.append("'" + sign)


def _add_bracket(section: Section, words: str) -> None:
    if match := _CONDITION.fullmatch(words.strip()):
        section.condition = (match[1], Decimal(match[2]))
    elif words.startswith("$"):
        section.marks.append("'" + words[1:].partition("-")[0])
    elif words.lower() in ("h", "hh", "m", "mm", "s", "ss"):
        section.is_of_days = True
    elif _COLOUR.fullmatch(words.lower()):
        section.colour = words.lower().replace(" ", "")


def _section_of(value: Decimal, sections: Sequence[Section]) -> tuple[Section | None, bool]:
    """The section a value falls in, and whether the section has to show a minus by itself."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return _by_condition(value, numeric), len(numeric) > 1
    if value < 0 and len(numeric) > 1:
        return numeric[1], True
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _by_condition(value: Decimal, sections: Sequence[Section]) -> Section | None:
    for number, section in enumerate(sections):
        is_for_negatives = number == 1 and len(sections) == 3 and section.condition is None
        if section.holds(value) and (value < 0 or not is_for_negatives):
            return section
    return None


def _without_digits(stored: Figure, value: Decimal, words: str) -> Figure | Flaw:
    """What a section shows that has words at most: only accountants' dash stands for a number."""
    if value == 0 and words.strip() in _MINUS:
        return Figure("0", words.strip(), is_rounded=True)
    if not words.strip():
        return Flaw("file.invisible_value", str(stored))
    return Flaw("file.format_changes_figure", str(stored))


def _leaves_zero_out(marks: Sequence[str], value: Decimal) -> bool:
    """Whether a section writes no digit of a number: one whose every digit may stay away."""
    digits = {mark for mark in marks if mark in _PLACEHOLDERS or mark in (GENERAL, "@", "/", "E")}
    if not digits <= {"#", "?"}:
        return False
    full = EXACT.scaleb(value, 2) if "%" in marks else value
    return round_half_up(full, _places(marks)) == 0


def _flaw_of(
    section: Section, value: Decimal, stored: Figure, *, has_own_sign: bool
) -> Flaw | None:
    """Why a section with digits shows another number than the one that is stored."""
    before, inside, after = _parts(section.marks)
    prefix, suffix = _words(before).strip(), _words(after).strip()
    looks_negative = prefix.endswith(_MINUS) or (prefix.endswith("(") and suffix.startswith(")"))
    scales = section.marks.count("%") > 1 or _has_scaling_comma(inside, after)
    breaks = bool(_words(inside).strip()) or prefix.endswith((".", ","))
    has_digits = any(sign.isdecimal() for sign in prefix + suffix)
    hides_sign = value < 0 and has_own_sign and not (looks_negative or section.colour in _RED)
    if scales or breaks or has_digits or hides_sign or (value >= 0 and looks_negative):
        return Flaw("file.format_changes_figure", str(stored))
    return None


def _parts(marks: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """What stands before the first digit, from there to the last one, and after it."""
    digits = [
        at
        for at, mark in enumerate(marks)
        if mark in _PLACEHOLDERS or mark in (GENERAL, "@", ".", "E")
    ]
    return marks[: digits[0]], marks[digits[0] : digits[-1] + 1], marks[digits[-1] + 1 :]


def _words(marks: Sequence[str]) -> str:
    return "".join(mark[1:] for mark in marks if mark.startswith("'"))


def _has_scaling_comma(inside: Sequence[str], after: Sequence[str]) -> bool:
    """A comma right after the last digit before the point, or at the end, divides by 1000."""
    whole = inside[: inside.index(".")] if "." in inside else inside
    return "," in after or list(whole[-1:]) == [","]


def _figure(section: Section, value: Decimal, width: float | None) -> Figure:
    marks = section.marks
    is_per_cent = "%" in marks
    full = trimmed(EXACT.scaleb(value, 2)) if is_per_cent else value
    if "/" in marks:
        nearest = _as_fraction(marks, full)
        is_exact, words = nearest == Fraction(full), str(nearest)
    else:
        rounded = _rounded(marks, full, width)
        is_exact, words = rounded == full, f"{rounded:f}"
    sign = "%" if is_per_cent else ""
    return Figure(f"{full:f}{sign}", words + sign, is_rounded=not is_exact)


def _rounded(marks: Sequence[str], full: Decimal, width: float | None) -> Decimal:
    if not any(mark in _PLACEHOLDERS for mark in marks):
        return _in_general(full, width)
    places = _places(marks)
    if "E" not in marks:
        return round_half_up(full, places)
    mantissa = marks[: marks.index("E")]
    whole = mantissa[: mantissa.index(".")] if "." in mantissa else mantissa
    step = max(sum(mark in _PLACEHOLDERS for mark in whole), 1)
    exponent = full.adjusted() // step * step if full else 0
    return _rounded_to(full, exponent, places)


def _rounded_to(value: Decimal, exponent: int, places: int) -> Decimal:
    """A number as it is written with an exponent of ten."""
    return trimmed(EXACT.scaleb(round_half_up(EXACT.scaleb(value, -exponent), places), exponent))


def _places(marks: Sequence[str]) -> int:
    """How many decimals a section shows."""
    marks = marks[: marks.index("E")] if "E" in marks else marks
    after = marks[marks.index(".") + 1 :] if "." in marks else ()
    return sum(mark in _PLACEHOLDERS for mark in after)


def _in_general(value: Decimal, width: float | None) -> Decimal:
    """A number in the general format: as many decimals as the column has room for.

    One with more digits before the point than that is written with an exponent.
    """
    room = min(int(width or GENERAL_WIDTH), GENERAL_WIDTH)
    whole, _, decimals = f"{value:f}".partition(".")
    if len(whole.lstrip("-")) > room:
        return _rounded_to(value, value.adjusted(), max(room - _EXPONENT_WIDTH, 0))
    places = max(room - len(whole) - 1, 0)
    return value if len(decimals) <= places else round_half_up(value, places)


def _as_fraction(marks: Sequence[str], value: Decimal) -> Fraction:
    """The nearest fraction with as many digits below the line as the format has room for."""
    below = marks[marks.index("/") + 1 :]
    room = sum(mark in _PLACEHOLDERS for mark in below) or 1
    typed = "".join(mark[1:] for mark in below if mark.startswith("'")).strip()
    if typed.isdecimal():
        return Fraction(round(Fraction(value) * int(typed)), int(typed))
    return Fraction(value).limit_denominator(10**room - 1)
