"""Words and days as an official letter has them: always Thai, with Thai digits."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from esar.kernel.wording import say, thai_date

register = template.Library()
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WITHOUT_LATIN = re.compile(r"(?<!\S)[^\sA-Za-z]+(?!\S)")
# Browsers break Thai by a dictionary that goes wrong in words of the administration: รา|ชกา|รฯ,
# วี|ดิ|ทัศน์, การก|อง. In markup, so that what is copied or searched has no letter of ours in it.
_WHOLE = re.compile("วีดิทัศน์|เพิ่มเติม|ผู้อำนวยการ|นายกรัฐมนตรี|รายละเอียด|ราชการฯ|ประชุมฯ")
_ENDS = re.compile("((?<=การ)|(?<=ผล))(?=ก)")


@register.filter
def official(value: object) -> str:
    """A day or text with Thai digits, in lines that break between words.

    A word with Latin letters (an address) stays as it is.
    """
    if isinstance(value, date):
        return thai_date(value).translate(_TO_THAI)
    text = _WITHOUT_LATIN.sub(lambda word: word[0].translate(_TO_THAI), str(value or ""))
    marked = _ENDS.sub("<wbr>", escape(text))
    return mark_safe(_WHOLE.sub(r'<span class="whole">\g<0></span>', marked))


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what an empty line, or a line of its own, sets apart."""
    return [line for line in (part.strip() for part in text.splitlines()) if line]


@register.filter
def say_thai(value: str, prefix: str) -> str:
    """The Thai sentence of a code made of a prefix and a value, whatever the reader's language."""
    return say(f"{prefix}.{value}", {}, "th")
