"""The figures of a chart as a CSV file: those of its table, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from esar.platform.charts.figures import shown
from esar.platform.charts.table import Link, Table
from esar.platform.ui.exports import csv_answer


def table_file(name: str, table: Table) -> HttpResponse:
    """A chart's table as a file; figures are whole and plain, as machines read them."""
    rows = (map(_plain, row) for row in table.rows)
    return csv_answer(name, [_plain(head) for head in table.head], rows)


def _plain(value: Any) -> Any:
    if isinstance(value, Link):
        value = value.label
    if isinstance(value, Decimal):
        return value
    return shown(value, "en" if get_language() == "en" else "th")
