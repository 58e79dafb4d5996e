"""What a person typed in one field → its value, or why it cannot stand there.

Loose where people are (Thai digits, thousands separators, spaces), strict where a guess could
change a score.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from esar.exchange.files.mojibake import is_mojibake
from esar.kernel import spelling
from esar.kernel.figures import (
    MAX_DIGITS,
    Unreadable,
    plainly,
    read_figure,
    read_share,
    shortened,
)
from esar.kernel.wording import is_per_cent
from esar.law.rules.numbers import EXACT, trimmed
from esar.law.rules.years import BUDDHIST_OFFSET
from esar.law.scoring.facts import Direction, HeldTo

MAX_CHARACTERS = 4000
FIRST_BUDDHIST = 2400
LAST_BUDDHIST = 2700

_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_ROUND = re.compile(r"(?:รอบ)?\s*([0-9]{1,2})\s*(?:m|months?|เดือน)?")
_CONTROL = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff{''.join(sorted(spelling.NONCHARACTERS))}]"
)
_DIRECTIONS: Mapping[str, Direction] = {
    "higher": "higher",
    "ยิ่งมากยิ่งดี": "higher",
    "lower": "lower",
    "ยิ่งน้อยยิ่งดี": "lower",
}
_HELD_TO: Mapping[str, HeldTo] = {
    "year": "year",
    "ทั้งปี": "year",
    "round": "round",
    "ของรอบ": "round",
    "none": "none",
    "ไม่วัด": "none",
}
_KINDS = {"กรม": "department", "ส่วนราชการ": "department", "จังหวัด": "province"}


class Unfit(Exception):
    """A value that cannot stand in its field: the sentence's code and the figures it names."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


class Figure(str):
    """A number that came as a number, not as text, written out plainly.

    `shown` is how its cell shows it, where that is another text; `is_rounded` that people see
    fewer of its digits than are stored.
    """

    __slots__ = ("is_rounded", "shown")
    shown: str
    is_rounded: bool

    def __new__(cls, value: str, shown: str = "", *, is_rounded: bool = False) -> Figure:
        figure = super().__new__(cls, value)
        figure.shown, figure.is_rounded = shown or value, is_rounded
        return figure

    @classmethod
    def of(cls, value: float | int) -> Figure:
        """A spreadsheet's number as it is shown: at most 15 significant digits, no exponent.

        A cell holds a binary float; its shortest decimal is what was typed. Where a formula
        left more than 15 digits, the spreadsheet itself shows 15.
        """
        number = Decimal(repr(value))
        if isinstance(value, float) and len(number.as_tuple().digits) > MAX_DIGITS:
            number = Decimal(format(value, f".{MAX_DIGITS}g"))
        return cls(f"{number:f}".removesuffix(".0"))

    def as_per_cent(self) -> Figure:
        """0.9894 in a cell of per cent format is shown as 98.94%."""
        return Figure(f"{trimmed(EXACT.scaleb(Decimal(self), 2)):f}%")


@dataclass(frozen=True)
class Flaw:
    """A cell that holds no value to read: a formula's error, a formula never calculated."""

    code: str
    shown: str = ""


def blank(value: object) -> bool:
    """Nothing there, or nothing but spaces."""
    return value is None or (isinstance(value, str) and spelling.is_blank(value))


def number(value: object) -> Decimal:
    """A decimal of at most 15 digits. Errors: Unfit, saying what to write instead."""
    return _read(read_figure, value)


def percentage(value: object) -> Decimal:
    """A decimal that may carry a trailing per cent sign: "98.94 %" is 98.94. Errors: Unfit."""
    return _read(read_share, value)


def in_unit(unit: str) -> Callable[[object], Decimal]:
    """The reader of a KPI's figures: a per cent sign stands where the unit is one, or untold."""
    return percentage if is_per_cent(unit) else without_per_cent


def whole(value: object) -> int:
    """A whole number. Errors: Unfit."""
    figure = number(value)
    if figure != figure.to_integral_value():
        raise Unfit("file.not_whole", value=str(value))
    return int(figure)


def text(value: object) -> str:
    """Words that were sent, on one or more lines, without the spaces around them. Errors: Unfit."""
    sent = words(value)
    if len(sent) > MAX_CHARACTERS:
        raise Unfit("file.too_long", most=MAX_CHARACTERS, found=len(sent))
    if _CONTROL.search(sent):
        raise Unfit("file.control_character")
    if is_mojibake(sent):
        raise Unfit("file.mojibake", value=sent[:60])
    return sent


def words(value: object) -> str:
    """The same of words that we kept: however long they are, and whatever their letters.

    Errors: Unfit for what is no text.
    """
    _refuse_flaw(value)
    if isinstance(value, (date, datetime)):
        raise Unfit("file.date_as_text", value=value.isoformat()[:10])
    if isinstance(value, Figure) and not value.is_rounded:
        value = value.shown  # the KPI 1.10 is stored as 1.1
    if not isinstance(value, str):
        raise Unfit("file.not_text", value=_as_json(value))
    return value.strip()


def year(value: object) -> int:
    """A fiscal year of the Buddhist era. Errors: Unfit, with a hint for a Gregorian one."""
    typed = whole(value)
    if FIRST_BUDDHIST < typed < LAST_BUDDHIST:
        return typed
    if FIRST_BUDDHIST < typed + BUDDHIST_OFFSET < LAST_BUDDHIST:
        raise Unfit("file.gregorian_year", value=typed, hint=typed + BUDDHIST_OFFSET)
    raise Unfit("file.not_a_year", value=typed)


def day(value: object) -> date:
    """A Gregorian day: a date cell, or text YYYY-MM-DD. Errors: Unfit, also for a B.E. year."""
    _refuse_flaw(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    match = _DAY.fullmatch(plainly(value)) if isinstance(value, str) else None
    if match is None:
        raise Unfit("file.not_a_day", value=shortened(str(value)))
    return _gregorian(int(match[1]), int(match[2]), int(match[3]), "%Y-%m-%d", str(value))


def month(value: object) -> date:
    """A Gregorian month YYYY-MM, as its first day. Errors: Unfit, also for a B.E. year."""
    match = _MONTH.fullmatch(plainly(value)) if isinstance(value, str) else None
    if match is None:
        raise Unfit("file.not_a_month", value=shortened(str(value)))
    return _gregorian(int(match[1]), int(match[2]), 1, "%Y-%m", str(value))


def body_kind(value: object) -> str:
    """The class of body as the rulebook names it; an unknown one is for the rulebook to refuse."""
    typed = text(value)
    return _KINDS.get(spelling.key(typed), typed.lower())


def round_id(value: object) -> str:
    """ "12m" from "12m", 12, "รอบ 12 เดือน"; anything else is for the rulebook to refuse."""
    typed = plainly(text(value)).lower()
    match = _ROUND.fullmatch(typed)
    return f"{int(match[1])}m" if match else typed


def direction(value: object) -> Direction:
    """Which way is better. Errors: Unfit."""
    typed = text(value)
    key = spelling.key(typed)
    if key not in _DIRECTIONS:
        raise Unfit("file.not_a_direction", value=shortened(typed))
    return _DIRECTIONS[key]


def held_to(value: object) -> HeldTo:
    """Whose targets a KPI is held to: the year's, the round's, or none. Errors: Unfit."""
    typed = text(value)
    key = spelling.key(typed)
    if key not in _HELD_TO:
        raise Unfit("file.not_held_to", value=shortened(typed))
    return _HELD_TO[key]


def step_numbers(value: object) -> frozenset[int]:
    """The steps done: "1,2,3", one number, or a list of numbers; "0" is none of them."""
    parts = value if isinstance(value, list) else _listed(value)
    numbers = frozenset(whole(part) for part in parts)
    return frozenset() if numbers == {0} else numbers


def truth(value: object) -> bool:
    """true or false, nothing that looks like it. Errors: Unfit."""
    if not isinstance(value, bool):
        raise Unfit("file.not_true_or_false", value=shortened(str(value)))
    return value


def _listed(value: object) -> list[object]:
    if isinstance(value, Figure):
        return [value]
    return [part for part in re.split(r"[,;\s]+", plainly(_loosened(value))) if part]


def _read(reader: Callable[[str], Decimal], value: object) -> Decimal:
    try:
        return reader(_loosened(value))
    except Unreadable as unreadable:
        raise Unfit(unreadable.code, **unreadable.figures) from None


def without_per_cent(value: object) -> Decimal:
    """A decimal whose unit is no percentage, so that it carries no sign. Errors: Unfit."""
    if isinstance(value, str) and plainly(value).endswith("%"):
        raise Unfit("form.no_per_cent", value=shortened(value))
    return number(value)


def _as_json(value: object) -> str:
    """What is neither words nor a figure, as it stands in the file that it was sent in."""
    return shortened(json.dumps(value, ensure_ascii=False, default=str))


def _loosened(value: object) -> str:
    """The text of a figure. Errors: Unfit for what is no text or number."""
    _refuse_flaw(value)
    if isinstance(value, bool):
        raise Unfit("file.boolean_as_number")
    if isinstance(value, (date, datetime)):
        raise Unfit("file.date_as_number", value=value.isoformat()[:10])
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise Unfit("file.not_a_number", value=_as_json(value))
    return value


def _refuse_flaw(value: object) -> None:
    if isinstance(value, Flaw):
        raise Unfit(value.code, value=value.shown)


def _gregorian(the_year: int, the_month: int, the_day: int, pattern: str, typed: str) -> date:
    buddhist = the_year > FIRST_BUDDHIST
    try:
        day = date(the_year - (BUDDHIST_OFFSET if buddhist else 0), the_month, the_day)
    except ValueError:
        raise Unfit("file.no_such_day", value=typed) from None
    if buddhist:
        raise Unfit("file.buddhist_date", value=typed, hint=day.strftime(pattern))
    return day
