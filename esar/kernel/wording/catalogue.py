"""The sentences of one language, read from its .po file: the key is a code, the text a sentence.

`make setup` compiles `th.po` and `en.po` into JSON beside them, which a command reads in two
milliseconds. Where that copy is missing or of another text, the .po file itself is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from gettext import c2py
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("th", "en")

# One text, or the name of the blank that decides and a text for each plural form.
Forms = str | list[str]


class Catalogue:
    """The sentences of a language by code, with its way of forming plurals."""

    def __init__(self, plural: str, sentences: Mapping[str, Forms]) -> None:
        self.sentences = sentences
        self._form: Callable[[int], int] = c2py(plural)

    def template(self, code: str, figures: Mapping[str, object]) -> str:
        """The sentence of `code`, its blanks still empty, in the form that its figures ask for.

        Errors: KeyError for a code without a sentence, or without the figure that decides.
        """
        forms = self.sentences[code]
        if isinstance(forms, str):
            return forms
        return forms[1 + self._form(_how_many(figures[forms[0]]))]

    def texts(self, code: str) -> list[str]:
        """Every form of a sentence."""
        forms = self.sentences[code]
        return [forms] if isinstance(forms, str) else forms[1:]


def _how_many(value: object) -> int:
    """The number that decides on the form: of several things, how many there are."""
    if isinstance(value, tuple | list):
        return len(value)
    if isinstance(value, Decimal):
        return 1 if value == 1 else 2
    return int(str(value))


@cache
def catalogue(language: str) -> Catalogue:
    """The sentences of `language`: English for "en", else Thai."""
    name = "en" if language == "en" else "th"
    source = (FOLDER / f"{name}.po").read_bytes()
    content = _compiled(FOLDER / f"{name}.json", source) or parsed(source)
    return Catalogue(content["plural"], content["sentences"])


def _compiled(path: Path, source: bytes) -> dict[str, Any] | None:
    """What was compiled from just this text; None where it is missing or of another."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return content if content["sha256"] == sha256(source).hexdigest() else None


def parsed(source: bytes) -> dict[str, Any]:
    """A .po file as plain data: the hash of its text, its plural rule, its sentences by code."""
    from babel.messages.pofile import read_po

    catalog = read_po(BytesIO(source))
    sentences: dict[str, Forms] = {}
    for message in catalog:
        if not message.id:
            continue  # the header
        if isinstance(message.id, str):
            sentences[message.id] = str(message.string)
        else:  # the second half of the key names the blank that decides: "{days}"
            code, decides = message.id
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            sentences[code] = [decides.strip("{}"), *map(str, forms)]
    digest = sha256(source).hexdigest()
    return {"sha256": digest, "plural": catalog.plural_expr, "sentences": sentences}
