"""What a file looks like, as pictures that we made; kept for a while, for drawing is slow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.cache import cache

from esar.exchange.inspection.kinds import ALL
from esar.exchange.inspection.preview import first_lines, first_pages
from esar.platform.evidence.actions import opened
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.states import GIVEN_OUT

MAX_PAGES = 5
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Shown:
    """The first pages as PNG pictures, or the first lines of a text."""

    pictures: tuple[bytes, ...] = ()
    text: str = ""


def pages_of(stored: StoredFile) -> Shown:
    """The first pages. Errors: Refused for a file that may not be given out or has no preview."""
    key = f"preview:{stored.sha256}"
    pages: Shown | None = cache.get(key)
    if pages is None or stored.state not in GIVEN_OUT:
        with opened(stored) as content, NamedTemporaryFile() as copy:
            for chunk in content.chunks():
                copy.write(chunk)
            copy.flush()
            pages = _drawn(Path(copy.name), stored.kind)
        cache.set(key, pages, KEPT_SECONDS)
    return pages


def _drawn(path: Path, code: str) -> Shown:
    kind = next(kind for kind in ALL if kind.code == code)
    if kind.container == "text":
        return Shown(text=first_lines(path))
    return Shown(tuple(first_pages(path, kind, MAX_PAGES)))
