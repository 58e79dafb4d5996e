"""Letters that were read in another encoding than they were written in: no name, only its ruin."""

from __future__ import annotations

import re

# Thai as UTF-8 takes three bytes a letter, of which the first two are always E0 and B8 or B9.
_UTF8_AS_CP874 = "(?:\u0e40[\u0e18\u0e19].){3}"
_UTF8_AS_LATIN = "(?:\u00e0[\u00b8\u00b9].){2}"
_CP874_AS_LATIN = "[\u00a1-\u00fb]{4}"
_UTF8_AS_MAC = "(?:\u2021[\u220f\u03c0].?){2}"
_UTF8_AS_DOS = "(?:\u03b1[\u2555\u2563].){2}"  # the code page 437
_ENTITIES = "(?:&#[0-9]{4};){2}|(?:\\\\u0[eE][0-9a-fA-F]{2}){2}"
_LOST = "\ufffd|\\?{3}"
_MARKS = (
    *(_UTF8_AS_CP874, _UTF8_AS_LATIN, _UTF8_AS_MAC, _UTF8_AS_DOS),
    *(_CP874_AS_LATIN, _ENTITIES, _LOST),
)
_RUIN = re.compile("|".join(_MARKS), re.DOTALL)


def is_mojibake(text: str) -> bool:
    """Whether a text shows the marks of a wrong encoding, or letters that were lost to it."""
    return _RUIN.search(text) is not None
