"""The one way a package writes JSON and CSV, so that the same facts are the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from esar.kernel.figures import exact_decimal

Json = dict[str, Any]
Cell = str | int | bool | Decimal | date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_bytes(value: Any) -> bytes:
    """UTF-8 JSON, one value a line, keys in the order given, with a line's end at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", errors="backslashreplace")


def parsed(data: bytes) -> Any:
    """JSON from elsewhere. Errors: ValueError also for too deep, and for text that is no text."""
    try:
        value = json.loads(data.decode("utf-8"))
        # Half a surrogate pair can be escaped in JSON but be neither stored nor shown.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8 without a byte order mark; text that looks like a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", errors="backslashreplace")


def csv_records(data: bytes) -> list[list[str]]:
    """Every record with its header. Errors: ValueError when it is not CSV in UTF-8."""
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return harmless(value)
    return str(value)


def harmless(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: an apostrophe goes before it.

    Figures are no text: −3.5 stays a number.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def decimal_or_none(value: object) -> str | None:
    """The text of a plain decimal, or None. Errors: ValueError, TypeError for anything else."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(value)
    if exact_decimal(value) is None:
        raise ValueError(value)
    return value
