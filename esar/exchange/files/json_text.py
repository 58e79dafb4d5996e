"""JSON text → values, kept exact, with the line each scorecard begins on.

Numbers stay as they were written (`Figure`). A key that stands twice, NaN and Infinity become a
`Flaw` where their value would be, so that the problem names the path; text that is no JSON, or
is nested too deep to be a scorecard, is refused as a whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from esar.exchange.files.findings import refused
from esar.exchange.files.values import Figure, Flaw
from esar.kernel.problems import Place

MAX_VALUES = 300_000  # some four thousand scorecards
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True)
class Document:
    """One value: the whole file, or one element of the list that the file is."""

    value: object
    place: Place
    prefix: str = ""


def documents(text: str, place: Place) -> list[Document]:
    """The values in a JSON text. Errors: Refused when it is not JSON at all."""
    if text.count(",") > MAX_VALUES:
        raise refused("file.too_many_values", place, most=MAX_VALUES)
    decoder = json.JSONDecoder(
        object_pairs_hook=_object,
        parse_int=Figure,
        parse_float=Figure,
        parse_constant=lambda name: Flaw("file.not_finite", name),
    )
    try:
        return _split(text, decoder, place)
    except json.JSONDecodeError as error:
        at = Place(file=place.file, line=error.lineno)
        raise refused("file.not_json", at, column=error.colno) from None
    except RecursionError:
        raise refused("file.nested_too_deep", place) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in pairs:
        fields[key] = Flaw("file.duplicate_key", key[:60]) if key in fields else value
    return fields


def _split(text: str, decoder: json.JSONDecoder, place: Place) -> list[Document]:
    start = _after_space(text, 0)
    if not text.startswith("[", start):
        value, end = decoder.raw_decode(text, start)
        _nothing_after(text, end)
        return [Document(value, place)]
    documents: list[Document] = []
    line, counted = 1, 0
    position = _after_space(text, start + 1)
    while not text.startswith("]", position):
        line, counted = line + text.count("\n", counted, position), position
        value, end = decoder.raw_decode(text, position)
        documents.append(Document(value, Place(file=place.file, line=line), f"[{len(documents)}]."))
        position = _next_element(text, end)
    _nothing_after(text, position + 1)
    return documents


def _next_element(text: str, end: int) -> int:
    """Where the next element begins, or the bracket that closes the list stands."""
    position = _after_space(text, end)
    if text.startswith("]", position):
        return position
    if not text.startswith(",", position):
        raise json.JSONDecodeError("Expecting ',' delimiter", text, position)
    position = _after_space(text, position + 1)
    if text.startswith("]", position):
        raise json.JSONDecodeError("Expecting value", text, position)
    return position


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _nothing_after(text: str, end: int) -> None:
    position = _after_space(text, end)
    if position != len(text):
        raise json.JSONDecodeError("Extra data", text, position)
