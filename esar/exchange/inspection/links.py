"""Which links of a document are followed without a click, and lead out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from esar.exchange.inspection.names import safe_name
from esar.exchange.inspection.xml_parts import Attributes

_ASKED_FIRST = ("/externallinkpath", "/xlexternallinkpath/xlpathmissing", "/xlpathmissing")
_CLICKABLE = re.compile(
    r"\s*(?:(?:https?|mailto|ftp|tel|file):|[a-z]:[/\\]|(?![a-z][a-z0-9+.-]+:))", re.IGNORECASE
)
# A path on the author's own disk; `\\server`, `file://server` and `http:` are other machines.
_LOCAL = re.compile(r"\s*(?:file:(?:///)?)?(?![/\\])(?![a-z][a-z0-9+.-]+:)", re.IGNORECASE)
_FETCHED = {
    "image",
    "object",
    "object-ole",
    "plugin",
    "applet",
    "floating-frame",
    "template",
    "section-source",
    "table-source",
    "cell-range-source",
    "font-face-uri",
}


def remote_relationships(elements: Iterable[tuple[str, Attributes]]) -> Iterator[str]:
    """Targets in a `.rels` part that are fetched on opening, or run when clicked."""
    for _, relationship in elements:
        if relationship.get("TargetMode", "").lower() != "external":
            continue
        kind, target = relationship.get("Type", "").lower(), unquote(relationship.get("Target", ""))
        if kind.endswith(_ASKED_FIRST):
            continue
        harmless = _CLICKABLE if kind.endswith("/hyperlink") else _LOCAL
        if kind.endswith("/oleobject") or not harmless.match(target):
            yield _shown(target)


def remote_references(elements: Iterable[tuple[str, Attributes]]) -> Iterator[str]:
    """What an OpenDocument file fetches from another machine on opening."""
    for name, element in elements:
        target = unquote(element.get("xlink:href", ""))
        if name.rpartition(":")[2] in _FETCHED and target and not _LOCAL.match(target):
            yield _shown(target)


def _shown(target: str) -> str:
    """The target short and without tricks, for a sentence."""
    return safe_name(target.replace("/", " ").replace("\\", " ").replace(":", " "))[:80]
