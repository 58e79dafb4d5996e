"""Words and days as an official letter has them: always Thai, with Thai digits."""

from __future__ import annotations

import re
from datetime import date

from django import template

from esar.messages import say, thai_date

register = template.Library()
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WITHOUT_LATIN = re.compile(r"(?<!\S)[^\sA-Za-z]+(?!\S)")
# Browsers break Thai by a dictionary that goes wrong: การก|อง, รา|ชกา|รฯ, วี|ดิ|ทัศน์. A word joiner
# (U+2060) forbids a break, a zero-width space (U+200B) says where a word ends.
_JOINER, _END = "\u2060", "\u200b"
_WHOLE = ("วี ดิ ทัศน์", "เพิ่ม เติม", "ผู้ อำนวย การ", "นายก รัฐมนตรี", "ราย ละเอียด")
_JOINED = re.compile("(?<=[ก-๎])(?=ฯ)")
_ENDS = re.compile("((?<=การ)|(?<=ผล))(?=ก)")


@register.filter
def official(value: object) -> str:
    """A day or text with Thai digits, in lines that break between words.

    A word with Latin letters (an address) stays as it is.
    """
    if isinstance(value, date):
        return thai_date(value).translate(_TO_THAI)
    said = _WITHOUT_LATIN.sub(lambda word: word[0].translate(_TO_THAI), str(value or ""))
    for parts in _WHOLE:
        said = said.replace(parts.replace(" ", ""), parts.replace(" ", _JOINER))
    return _ENDS.sub(_END, _JOINED.sub(_JOINER, said))


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what an empty line, or a line of its own, sets apart."""
    return [line for line in (part.strip() for part in text.splitlines()) if line]


@register.filter
def say_thai(value: str, prefix: str) -> str:
    """The Thai sentence of a code made of a prefix and a value, whatever the reader's language."""
    return say(f"{prefix}.{value}", {}, "th")
