"""Assent is bound to what was seen: a page carries the digest of what it showed.

A token is the digest of the whole, by which it is decided, and a short one of each part, by which
a refusal names what has changed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esar.kernel.chain import digest

PART_LETTERS = 16  # of a digest: 64 bits, for a part of a page


def seen_token(content: Mapping[str, Any]) -> str:
    """What a page that shows `content` (part → JSON) carries in its forms."""
    parts = [f"{part}={digest(value)[:PART_LETTERS]}" for part, value in content.items()]
    return ";".join([digest(dict(content)), *parts])


def changed_parts(
    token: str, content: Mapping[str, Any], only: tuple[str, ...] = ()
) -> list[str] | None:
    """The parts that differ from what a page showed, of `only` or of all; None where none does.

    The list is empty where the token names no parts: it is not one of ours, or there is none.
    """
    if token.partition(";")[0] == digest(dict(content)):
        return None
    parts_of_page = dict(part.rpartition("=")[::2] for part in token.split(";")[1:])
    now = {part: digest(value)[:PART_LETTERS] for part, value in content.items()}
    if not parts_of_page:
        return []  # an empty list refuses, as a page that says nothing must
    changed = [
        part
        for part in only or {**parts_of_page, **now}
        if parts_of_page.get(part) != now.get(part)
    ]
    return changed or (None if only else [""])
