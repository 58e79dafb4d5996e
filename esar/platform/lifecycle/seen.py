"""Assent is bound to what was seen: a page carries the digest of what it showed.

A token is the digest of the whole, by which it is decided, and a short one of each part, by which
a refusal names what has changed since. The whole's is that of its parts' digests, so that content
is hashed once, however long the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esar.kernel.chain import digest

PART_LETTERS = 16  # of a digest: 64 bits, for a part of a page


def seen_token(content: Mapping[str, Any]) -> str:
    """What a page that shows `content` (part → JSON) carries in its forms."""
    return _token(_digests(content))


def _digests(content: Mapping[str, Any]) -> dict[str, str]:
    return {part: digest(value) for part, value in content.items()}


def _token(digests: Mapping[str, str]) -> str:
    parts = [f"{part}={sha256[:PART_LETTERS]}" for part, sha256 in digests.items()]
    return ";".join([digest(dict(digests)), *parts])


def changed_parts(
    token: str, content: Mapping[str, Any], only: tuple[str, ...] = ()
) -> list[str] | None:
    """The parts that differ from what a page showed, of `only` or of all; None where none does.

    The list is empty where the token names no parts: it is not one of ours, or there is none.
    """
    whole, *parts_now = _token(_digests(content)).split(";")
    whole_of_page, *parts_of_page = token.split(";")
    if whole_of_page == whole:
        return None
    if not parts_of_page:
        return []  # an empty list refuses, as a page that says nothing must
    before, now = _by_name(parts_of_page), _by_name(parts_now)
    changed = [part for part in only or {**before, **now} if before.get(part) != now.get(part)]
    return changed or (None if only else [""])


def _by_name(parts: list[str]) -> dict[str, str]:
    """Part → its short digest."""
    return dict(part.rpartition("=")[::2] for part in parts)
