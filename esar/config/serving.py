"""What a process that serves pages does once, before its first request (ADR 33)."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from esar.kernel.wording.catalogue import catalogue
from esar.platform.ui import books

NEW_OBJECTS = 50_000  # between two looks of the collector at what is new; Python's own is 700


def make_ready() -> None:
    """Read what every page needs, and keep the collector away from it. Asks no database."""
    read_ahead()
    spare_the_collector()


def read_ahead() -> None:
    """Addresses, rulebooks, templates and words: what else the first reader would wait for."""
    assert get_resolver().url_patterns
    for year in books.years():
        books.book(year)
    for name in template_names():
        get_template(name)
    for language, _ in settings.LANGUAGES:
        catalogue("en" if language == "en" else "th")
        with translation.override(language):
            translation.gettext("")


def template_names() -> list[str]:
    """The templates of this house, as they are asked for by name."""
    [loader] = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    folders = [
        Path(folder)
        for folder in loader.get_dirs()
        if Path(folder).is_relative_to(settings.ROOT / "esar")
    ]
    return sorted(
        {
            file.relative_to(folder).as_posix()
            for folder in folders
            for file in folder.rglob("*.html")
        }
    )


def spare_the_collector() -> None:
    """Let the collector look neither at what stays for ever nor after each few hundred objects.

    A page makes thousands of objects, nearly all of which go without it as their last reference
    does; a full look went through the rulebooks, templates and classes of the whole house.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
