"""The weights that a page or a file shows, read back for tests."""

from __future__ import annotations

import re
from decimal import Decimal

CELL = re.compile(
    r'<th scope="row">\s*(?:<(?:a|span)[^>]*>)?\s*([0-9.]+) .*?</th>'
    r'.*?data-label="น้ำหนัก">(.*?)</td>',
    re.DOTALL,
)


def weights_on(page: str) -> dict[str, str]:
    """KPI number → the first figure in its cell of weights, as a page shows it."""
    page = page.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    texts = ((number, re.sub(r"<[^>]+>", " ", cell).split()) for number, cell in CELL.findall(page))
    return {number: words[0] for number, words in texts}


def plain(figures: dict[str, Decimal | None]) -> dict[str, str]:
    return {
        number: f"{figure.normalize():f}" if figure else "–" for number, figure in figures.items()
    }
