"""The little that is read of XML: whether it declares a type, and its elements' attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

Attributes = Mapping[str, str]
MAX_LINKS = 200_000
_CHUNK = 65_536
_MATTERS = {"ContentType", "Target", "xlink:href"}


def declares_a_type(stream: IO[bytes]) -> bool:
    """Whether XML begins with a document type, where entity bombs are built.

    Reads up to the root element only. The twin of the check in `esar.exchange.files.archives`.
    """
    met: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: met.append("type")
    parser.StartElementHandler = lambda *_: met.append("root")
    try:
        while not met and (chunk := stream.read(_CHUNK)):
            parser.Parse(chunk)
    except expat.ExpatError:
        return "type" in met
    return "type" in met[:1]


def attributes(data: bytes) -> list[tuple[str, Attributes]]:
    """Every element that names a type or leads somewhere: its name and its attributes.

    Call it only on XML without a document type. Errors: ValueError when it is no XML, or leads to
    more than MAX_LINKS places.
    """
    elements: list[tuple[str, Attributes]] = []
    parser = expat.ParserCreate()

    def start(name: str, fields: dict[str, str]) -> None:
        if _MATTERS & fields.keys():
            if len(elements) >= MAX_LINKS:
                raise ValueError("too many links")
            elements.append((name, fields))

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return elements
