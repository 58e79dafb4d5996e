"""One normal form of text: what looks alike on the page is spelt alike in the data.

Files, forms and search all compare by it. Thai keyboards, old fonts and copying from PDF spell one
word in several ways that no eye can tell apart: ํ and า for ำ, two เ for แ, marks in either order,
signs without width, spaces that do not break. Pure: knows no framework.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# The letters that old Thai fonts keep in the private area, as they are copied from PDF.
_OLD_FONTS = str.maketrans(
    {
        0xF700 + at: letter
        for at, letter in enumerate(
            "\u0e10\u0e34\u0e35\u0e36\u0e37"
            "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
            "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
            "\u0e0d\u0e31\u0e4d\u0e47"
            "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
            "\u0e38\u0e39\u0e3a"
        )
    }
)
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")
_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_MARKS_AND_SARA_AM = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]{2,}")
_POINT = re.compile(r"(?<=[0-9]) ?\. ?(?=[0-9])")
_LEADING_ZEROS = re.compile(r"(?<![^.])0+(?=[0-9])")  # of a number, or of what follows a point
_GAPS = re.compile("[\\s\u2010-\u2015\u2212-]+")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")  # Word's own are \x0b and \x0c
_UNSEEN = ("Cc", "Cf", "Cs")
# Unicode's own word for what is never a letter: neither a database nor a workbook holds all of it.
NONCHARACTERS = frozenset(
    map(
        chr,
        (
            *range(0xFDD0, 0xFDF0),
            *(plane * 0x10000 + end for plane in range(17) for end in (0xFFFE, 0xFFFF)),
        ),
    )
)
_BLANKS = "\t\n"
_NO_WIDTH = (
    frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
    | {chr(code) for code in range(0xFE00, 0xFE10)}
    | NONCHARACTERS
)


def normal(text: str) -> str:
    """The text as it is kept: one spelling of each word, no sign that has no width, plain spaces.

    Lines end in a line feed, blanks and lines otherwise stay. Digits stay as they were typed.
    """
    if text.isprintable() and text.isascii():
        return text
    seen = "".join(map(_visible, _LINE_ENDS.sub("\n", text).translate(_OLD_FONTS)))
    return _with_marks_in_order(unicodedata.normalize("NFC", seen))


def is_blank(text: str) -> bool:
    """Whether nothing of the text's normal form can be seen."""
    return not any(_visible(sign).strip() for sign in text.translate(_OLD_FONTS))


def arabic(text: str) -> str:
    """The text with Thai digits as Arabic ones."""
    return text.translate(_DIGITS)


@lru_cache(8192)
def key(text: str) -> str:
    """What names and headings are compared by: the normal form in one line, whatever the case.

    Full-width letters, Thai digits and the number of blanks make no difference. The same few names
    are compared again and again, so the last of them are remembered.
    """
    wide = normal(unicodedata.normalize("NFKC", normal(text)))
    return " ".join(arabic(wide).split()).casefold()


def person(name: str) -> str:
    """What names of people are compared by: นาย ก, นายก, ดร.ก and ก are one.

    Blanks and dashes are no part of a name, nor the titles before it; what is a title and nothing
    else stays.
    """
    return _GAPS.sub("", untitled(name))


def untitled(name: str) -> str:
    """A person's name in the spelling that names are compared in, without the titles before it."""
    words = key(name)
    while bare := _titles().sub("", words, count=1).strip():
        if bare == words:
            break
        words = bare
    return words


@lru_cache(1)
def _titles() -> re.Pattern[str]:
    """A title at the beginning, of `titles.csv`: the longest that is there.

    A short one is one only before a blank. No sign that stands on a letter begins a name.
    """
    with Path(__file__).with_name("titles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spelt = sorted(
        (rf"{_spelt(key(row['title']))}{'(?= )' if row['parted'] else ''}" for row in rows),
        key=len,
        reverse=True,
    )
    return re.compile(rf"\A(?:{'|'.join(spelt)})(?![\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])[ -]*")


def _spelt(title: str) -> str:
    """A title with a blank or none after each of its points."""
    return re.escape(title).replace(r"\.", r"\. ?")


def code(text: str) -> str:
    """The code that a text spells: Arabic digits, none full-width, no blanks, so ๑. ๑ is 1.1."""
    return "".join(arabic(normal(text)).translate(FULL_WIDTH).split())


def register_code(text: str) -> str:
    """The code of a body, a committee or a strategic KPI: registers keep them in capitals."""
    return code(text).upper()


def number(text: str) -> str:
    """The number of a KPI as it is kept: 1.1 for ๑.๑, 1. 1 and 01.01; words in it stay apart."""
    words = " ".join(arabic(normal(text)).translate(FULL_WIDTH).split())
    return _LEADING_ZEROS.sub("", _POINT.sub(".", words))


def _visible(sign: str) -> str:
    """The sign itself, a plain space for any space, nothing for what has no width."""
    if sign in _BLANKS or (sign.isascii() and sign.isprintable()):
        return sign
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    return "" if category in _UNSEEN or sign in _NO_WIDTH else sign


def _with_marks_in_order(words: str) -> str:
    words = _MARKS.sub(_ordered_marks, words).replace("\u0e40\u0e40", "\u0e41")
    words = _SARA_AM.sub("\\1\u0e33", words)
    return _MARKS_AND_SARA_AM.sub(_tones_before_sara_am, words)


def _tones_before_sara_am(match: re.Match[str]) -> str:
    """Marks and ำ with the tones that follow a ำ before it.

    From the end to the beginning, for a tone may go on over the ำ before: the time that it takes
    grows with the text and no faster, whatever is pasted.
    """
    parts = match[0].split("\u0e33")
    moved = ""
    for place in range(len(parts) - 1, -1, -1):
        marks = _ordered(parts[place] + moved)
        moved = "" if place == 0 or (marks and marks[0] not in _TONES) else marks
        moved = "".join(mark for mark in moved if mark in _TONES)
        parts[place] = marks[len(moved) :]
    return "\u0e33".join(parts)


def _ordered_marks(match: re.Match[str]) -> str:
    return _ordered(match[0])


def _ordered(marks: str) -> str:
    """Marks on one consonant: vowels first, then the tone, each once."""
    return "".join(sorted(dict.fromkeys(marks), key=_rank))


def _rank(mark: str) -> int:
    if mark < "\u0e47":  # vowels above and below; the dot below comes first, as in NFC
        return -1 if mark == "\u0e3a" else 0
    return {"\u0e47": 1, "\u0e4d": 1, "\u0e4c": 3, "\u0e4e": 3}.get(mark, 2)
