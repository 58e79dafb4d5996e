"""The order of the Thai dictionary, and the form in which words are looked for.

Both begin with the normal form of text. A key of order is of the letters a to p alone, so that
every database sorts it alike, whatever collation it was made with. Pure: knows no framework.
"""

from __future__ import annotations

import re

from esar.kernel import spelling

MAX_SORTED = 200  # letters of a name that decide its place
_MARKS = re.compile("[\u0e47-\u0e4c]")  # the tones and their like: they decide last
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_SORTED = "[ 0-9a-z\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45]"
_LETTER = re.compile(f"({_SORTED})([\u0e47-\u0e4c]*)")
_LETTERS = "abcdefghijklmnop"
_LEFT_OUT = "[\u0e47-\u0e4c\u200b]*"  # what people leave out, or what no eye sees
_ALIKE = {
    "\u0e33": f"(?:\u0e33|\u0e4d{_LEFT_OUT}\u0e32)",
    "\u0e41": "(?:\u0e41|\u0e40\u0e40)",
    **{str(digit): f"[{digit}{chr(0xE50 + digit)}]" for digit in range(10)},
}
_GLOB_ALIKE = {
    "\u0e33": "\u0e33\u0e4d",
    "\u0e41": "\u0e41\u0e40",
    **{str(digit): f"{digit}{chr(0xE50 + digit)}" for digit in range(10)},
}
# How people shorten the class of a body at the beginning of its name; not said, but recognised.
_MINISTRY = "ก."
SHORT_FORMS = {
    "จ.": "จังหวัด",
    "จว.": "จังหวัด",
    "สนง.": "สำนักงาน",
    "สนง": "สำนักงาน",
    _MINISTRY: "กระทรวง",  # not where more points follow: ก.พ.ร. is a name of its own
}
_AROUND = "\"'“”‘’()[]<>,;:"  # what is typed or pasted around a word

# The keys of an English keyboard, plain and with shift, and what they write on a Thai one.
_ENGLISH_KEYS = (
    "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
)
_THAI_KEYS = (
    "\u0e45/-\u0e20\u0e16\u0e38\u0e36\u0e04\u0e15\u0e08\u0e02\u0e0a"
    "\u0e46\u0e44\u0e33\u0e1e\u0e30\u0e31\u0e35\u0e23\u0e19\u0e22\u0e1a\u0e25\u0e03"
    "\u0e1f\u0e2b\u0e01\u0e14\u0e40\u0e49\u0e48\u0e32\u0e2a\u0e27\u0e07"
    "\u0e1c\u0e1b\u0e41\u0e2d\u0e34\u0e37\u0e17\u0e21\u0e43\u0e1d"
    "+\u0e51\u0e52\u0e53\u0e54\u0e39\u0e3f\u0e55\u0e56\u0e57\u0e58\u0e59"
    '\u0e50"\u0e0e\u0e11\u0e18\u0e4d\u0e4a\u0e13\u0e2f\u0e0d\u0e10,\u0e05'
    "\u0e24\u0e06\u0e0f\u0e42\u0e0c\u0e47\u0e4b\u0e29\u0e28\u0e0b."
    "()\u0e09\u0e2e\u0e3a\u0e4c?\u0e12\u0e2c\u0e26"
)
_TO_THAI = str.maketrans(_ENGLISH_KEYS, _THAI_KEYS)
_TO_ENGLISH = str.maketrans(
    {thai: english for english, thai in zip(_ENGLISH_KEYS, _THAI_KEYS, strict=True) if thai > "~"}
)


def sort_key(name: str) -> str:
    """The place of a name in the order of the Royal Institute's dictionary.

    Vowels that are written before their consonant come after it; tones decide only between words
    that are otherwise alike. Digits come before Latin letters, these before Thai ones.
    """
    words = _LEADING_VOWEL.sub(_consonant_first, spelling.key(name))
    letters = [(match[1], match[2][:1]) for match in _LETTER.finditer(words)][:MAX_SORTED]
    places = "".join(_pair(_place(letter)) for letter, _ in letters)
    marks = "".join(_LETTERS[ord(mark) - 0xE46 if mark else 0] for _, mark in letters)
    return f"{places}aa{marks.rstrip('a')}"


def search_form(text: str) -> str:
    """The text as it is looked for: without the tones, which people leave out."""
    return _MARKS.sub("", spelling.key(text))


def search_pattern(word: str) -> str:
    """The regular expression of a word of a search, in signs that every database knows.

    It finds the word with tones or without, in Thai or Arabic digits, and spelt as old data may
    have it: ํ and า for ำ, two เ for แ, signs without width between.
    """
    return "".join(_ALIKE.get(letter, re.escape(letter)) + _LEFT_OUT for letter in word)


def search_glob(word: str) -> str:
    """What a text must look like to SQLite's GLOB, whatever else, if `word` is to be part of it.

    Its letters in their order, in either case and either digits, with anything between them: a
    database looks for that fast, and holds the rest against the form of a search.
    """
    return "".join(f"*{_glob_of(letter)}" for letter in word) + "*"


def _glob_of(letter: str) -> str:
    alike = _GLOB_ALIKE.get(letter) or "".join(sorted({letter, letter.upper()[:1]}))
    return alike if len(alike) == 1 and alike not in "*?[" else f"[{alike}]"


def search_words(text: str) -> list[str]:
    """The words of a search in their form, short forms written out: จ.ลำพูน is จังหวัด and ลำพูน.

    Quotes, brackets and commas around a word are no part of it.
    """
    return [part for word in search_form(text).split() for part in _parts(word)]


def as_on_the_other_keyboard(text: str) -> str:
    """What the same keys write on the other keyboard: "]er^o" is what was meant by a Thai name."""
    is_thai = any("\u0e00" <= letter <= "\u0e7f" for letter in text)
    return text.translate(_TO_ENGLISH if is_thai else _TO_THAI)


def _parts(word: str) -> list[str]:
    bare = word.strip(_AROUND) or word
    short = next((short for short in SHORT_FORMS if bare.startswith(short)), "")
    rest = bare.removeprefix(short)
    if short == _MINISTRY and ("." in rest or not rest):
        short, rest = "", bare
    if rest.count(".") == 1:  # the end of a sentence
        rest = rest.removesuffix(".") or rest
    return [part for part in (search_form(SHORT_FORMS.get(short, "")), rest) if part]


def _consonant_first(match: re.Match[str]) -> str:
    return match[2] + match[1]


def _place(letter: str) -> int:
    """1 for a space, then digits, Latin and Thai letters."""
    if letter == " ":
        return 1
    if letter <= "9":
        return 2 + ord(letter) - ord("0")
    if letter <= "z":
        return 12 + ord(letter) - ord("a")
    return 38 + ord(letter) - 0xE01


def _pair(number: int) -> str:
    return _LETTERS[number // 16] + _LETTERS[number % 16]
