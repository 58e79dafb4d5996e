"""Compile every catalogue: sentences by code to JSON, the pages' own sentences to .mo files."""

from __future__ import annotations

import json
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from esar.kernel.wording.catalogue import FOLDER, LANGUAGES, parsed

PAGES = Path(__file__).parents[2] / "locale"


def compile_all() -> list[Path]:
    """Write what is read while the site runs; the files written. Safe beside a running site."""
    written = []
    for language in LANGUAGES:
        content = parsed((FOLDER / f"{language}.po").read_bytes())
        target = FOLDER / f"{language}.json"
        _put(target, json.dumps(content, ensure_ascii=False).encode())
        written.append(target)
    for source in sorted(PAGES.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        _put(target, _binary(source))
        written.append(target)
    return written


def _binary(source: Path) -> bytes:
    from io import BytesIO

    result = BytesIO()
    with source.open("rb") as file:
        write_mo(result, read_po(file))
    return result.getvalue()


def _put(target: Path, content: bytes) -> None:
    """Write whole or not at all: another process may be reading."""
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(target)
