"""Writes: the registry of bodies, from its CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction

from esar.organisations.models import Body


@transaction.atomic
def load_registry(folder: Path) -> int:
    """Load `agencies.csv` and `provinces.csv`; again changes nothing but what the files changed.

    Gives the number of bodies. Provinces that are not evaluated (Bangkok) are left out.
    """
    count = 0
    for code, fields in chain(_agencies(folder), _provinces(folder)):
        Body.objects.update_or_create(code=code, defaults=fields)
        count += 1
    return count


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _agencies(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ministries first, so that a department finds its parent."""
    rows = _rows(folder / "agencies.csv")
    for row in rows:
        if row["kind"] == Body.Kind.MINISTRY:
            yield row["code"], _common(row)
    for row in rows:
        if row["kind"] == Body.Kind.DEPARTMENT:
            parent = Body.objects.get(code=row["parent_code"])
            yield row["code"], _common(row) | {"parent": parent}


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "name_th": row["name_th"],
        "name_en": row["name_en"],
        "abbr_th": row["abbr_th"],
        "source": row["source"],
    }


def _provinces(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in _rows(folder / "provinces.csv"):
        if row["evaluated"] == "yes":
            yield (
                row["iso_code"],
                {
                    "kind": Body.Kind.PROVINCE,
                    "name_th": f"จังหวัด{row['name_th']}",
                    "name_en": f"{row['name_en']} province",
                    "abbr_th": row["abbr_th"],
                    "region_th": row["region_th"],
                    "cluster_th": row["cluster_th"],
                    "source": row["source"],
                },
            )
