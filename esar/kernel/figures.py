"""The one reader of figures: what a person types, in a file or a form, → an exact decimal.

Loose where people are (Thai and full-width digits, thousands separators, signs that are not seen,
zeros that say nothing), strict where a guess could change a score: a decimal comma is refused, with
what to type instead. No thousands begin with a zero, so 0,250 has one.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

from esar.kernel.spelling import FULL_WIDTH, arabic, normal

MAX_DIGITS = 15  # what a spreadsheet shows a person and what SQLite's decimals keep
MAX_CHARACTERS = 2 * MAX_DIGITS + 2  # 15 before the point, 15 after it, the point, a sign
MAX_SHOWN = 60  # characters of what was typed that a sentence repeats

_EVERY_DIGIT = Context(prec=120, traps=[])
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+")
_SCIENTIFIC = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_FIGURES = re.compile(r"[+-]?[0-9.,]+")
_MINUS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\ufe63"), "-")
_PLAIN_SIGNS = FULL_WIDTH | _MINUS
_WORDS_FOR_NOTHING = frozenset(
    (
        "-",
        "–",
        "—",
        "?",
        "n/a",
        "na",
        "n.a.",
        "nil",
        "none",
        "null",
        "#n/a",
        "ไม่มี",
        "ไม่มีข้อมูล",
        "ยังไม่มี",
        "ไม่ระบุ",
        "ไม่รายงาน",
        "รอผล",
    )
)


class Unreadable(ValueError):
    """Text that is no figure: the code of the sentence that says why, and the figures it names."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


def plainly(text: str) -> str:
    """A figure's text in the normal form, with Arabic digits and a plain minus, none full-width."""
    return arabic(normal(text)).translate(_PLAIN_SIGNS).strip()


def read_figure(text: str) -> Decimal:
    """A decimal of at most 15 digits. Errors: Unreadable, saying what to type instead."""
    return _read(plainly(text), text)


def read_share(text: str) -> Decimal:
    """A figure that may carry a per cent sign at its end: "98.94 %" is 98.94."""
    words = plainly(text)
    return _read(words.removesuffix("%").rstrip(), text)


def _read(words: str, typed: str) -> Decimal:
    if _THOUSANDS.fullmatch(words):
        words = words.replace(",", "")
    if len(words) > MAX_DIGITS and _PLAIN.fullmatch(words):
        words = _without_idle_zeros(words)
    figure = exact_decimal(words) if len(words) <= MAX_CHARACTERS else None
    if figure is None or len(words.partition(".")[2]) > MAX_DIGITS:
        raise _why_not(words, typed)
    return figure if figure else abs(figure)  # no minus before zero


def exact_decimal(text: str) -> Decimal | None:
    """A plain decimal ("98.94", "-3"), or None when it is anything else or too long to keep.

    Neither "1e3" nor "1,000": what people type is loosened by `read_figure`.
    """
    if not _PLAIN.fullmatch(text):
        return None
    number = Decimal(text)
    digits = number.normalize(_EVERY_DIGIT).as_tuple().digits
    return number if len(digits) <= MAX_DIGITS else None


def shortened(words: str) -> str:
    """What was typed, cut to what a sentence can repeat."""
    return words if len(words) <= MAX_SHOWN else words[: MAX_SHOWN - 3] + "…"


def _without_idle_zeros(words: str) -> str:
    """A plain figure without the zeros before and after it that say nothing."""
    whole, _, decimals = words.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{whole.lstrip('+-0') or '0'}.{decimals}".rstrip("0").rstrip(".")


def _why_not(words: str, typed: str) -> Unreadable:
    """Why the text of a figure is none."""
    value = shortened(typed)
    if words.lower() in _WORDS_FOR_NOTHING:
        return Unreadable("file.word_for_nothing", value=value)
    if _SCIENTIFIC.fullmatch(words):
        return Unreadable("file.scientific", value=value)
    together = "".join(words.split())
    if "," in words and len(words) <= MAX_CHARACTERS and not _THOUSANDS.fullmatch(together):
        return _wrong_comma(together, value)
    if not _FIGURES.fullmatch(words):
        return Unreadable("file.not_a_number", value=value)
    if words.count(".") > 1:
        return Unreadable("file.two_points", value=value)
    has_open_end = words[-1] == "." or words.lstrip("+-")[0] == "."
    return Unreadable("file.not_a_number" if has_open_end else "file.too_many_digits", value=value)


def _wrong_comma(words: str, value: str) -> Unreadable:
    """A comma where no thousands begin; a decimal one with the point that belongs there."""
    whole, _, decimals = words.partition(",")
    if not _FIGURES.fullmatch(words):
        return Unreadable("file.not_a_number", value=value)
    if not _DECIMAL_COMMA.fullmatch(words):
        return Unreadable("file.bad_thousands", value=value)
    point = f"{whole.replace('.', '')}.{decimals}"
    return Unreadable("file.decimal_comma", value=value, point=point)
