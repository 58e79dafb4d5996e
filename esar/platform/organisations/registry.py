"""The registry of bodies and committees, from its CSV files: again changes nothing.

A row that differs from the table is written and told in the log; nothing is ever removed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from esar.platform.history.actions import record, record_many
from esar.platform.organisations.models import Body, Committee, FormerName, Jurisdiction

FIRST_REGIME = date(2010, 10, 1)  # fiscal year 2554, the oldest rulebook
OFFICE_OF_PRIME_MINISTER = ("PMO", "IND")
MECHANISM = 2567  # the fiscal year from which the two levels consider KPIs
GROUP_OF_THREE = ("OPM", "PRD", "OCPB")  # สปน. กปส. สคบ.


@dataclass
class Loaded:
    """How many rows were new, how many changed, and how many stood as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0
    added: list[tuple[str, Any, str]] = field(default_factory=list)  # for the log

    @property
    def all(self) -> int:
        return self.new + self.changed + self.same


@transaction.atomic
def load_registry(folder: Path, *, at: datetime) -> Loaded:
    """Load bodies, their former names and the committees that consider them."""
    loaded = Loaded()
    for code, fields in _bodies(folder):
        _keep(Body, {"code": code}, fields, loaded, at)
    for row in _rows(folder / "former_names.csv"):
        FormerName.objects.update_or_create(
            body=Body.objects.get(code=row["code"]),
            last_day=row["last_day"],
            defaults={name: row[name] for name in ("name_th", "name_en", "source")},
        )
    committees = Loaded()
    _load_committees(at, committees)
    record_many([*loaded.added, *committees.added], by=None, at=at)
    return loaded


def _keep(
    model: Any, key: dict[str, Any], fields: dict[str, Any], loaded: Loaded, at: datetime
) -> Any:
    row = model.objects.filter(**key).first()
    if row is None:
        loaded.new += 1
        added = model.objects.create(**key, **fields)
        loaded.added.append(("registry.added", added, getattr(added, "code", "")))
        return added
    old = {name: getattr(row, name) for name in fields}
    different = {name: value for name, value in fields.items() if old[name] != value}
    if not different:
        loaded.same += 1
        return row
    loaded.changed += 1
    model.objects.filter(pk=row.pk).update(**different)
    record(
        "registry.changed",
        row,
        by=None,
        at=at,
        body=getattr(row, "code", ""),
        before={name: str(old[name]) for name in different},
        after={name: str(value) for name, value in different.items()},
    )
    return row


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bodies(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ministries first, so that a department finds its parent; clusters before provinces."""
    rows: list[tuple[dict[str, str], date | None]] = [
        (row, FIRST_REGIME) for row in _rows(folder / "agencies.csv")
    ]
    rows += [
        (row, date.fromisoformat(row["evaluated_from"]) if row["evaluated_from"] else None)
        for row in _rows(folder / "agencies_outside_154.csv")
    ]
    for row, _ in rows:
        if row["kind"] == Body.Kind.MINISTRY:
            yield row["code"], _common(row)
    for row, first in rows:
        if row["kind"] not in (Body.Kind.MINISTRY, Body.Kind.PROVINCE):  # provinces: below
            parent = Body.objects.get(code=row["parent_code"]) if row["parent_code"] else None
            yield row["code"], _common(row) | {"parent": parent, "evaluated_from": first}
    provinces = [row for row in _rows(folder / "provinces.csv") if row["evaluated"] == "yes"]
    for number, name in sorted({(row["cluster_no"], row["cluster_th"]) for row in provinces}):
        yield (
            f"CLUSTER-{number}",
            {
                "kind": Body.Kind.CLUSTER,
                "name_th": name,
                "name_en": f"Province cluster {number}",
                "source": "provinces.csv",
            },
        )
    for row in provinces:
        yield (
            row["iso_code"],
            {
                "kind": Body.Kind.PROVINCE,
                "name_th": f"จังหวัด{row['name_th']}",
                "name_en": f"{row['name_en']} province",
                "abbr_th": row["abbr_th"],
                "region_th": row["region_th"],
                "source": row["source"],
                "cluster": Body.objects.get(code=f"CLUSTER-{row['cluster_no']}"),
                "evaluated_from": FIRST_REGIME,
            },
        )


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("kind", "name_th", "name_en", "abbr_th", "source")}


def _load_committees(at: datetime, loaded: Loaded) -> None:
    """The committees of both levels and the sub-commission, and whose scorecards each considers.

    Source: opdc-mechanism-2567 ข้อ 1 และ 2 (rulebook/2567/committees.yaml).
    """
    bodies = Body.objects.filter(evaluated_from__isnull=False).select_related("parent")
    departments = [body for body in bodies if body.kind == Body.Kind.DEPARTMENT]
    provinces = [body for body in bodies if body.kind == Body.Kind.PROVINCE]
    _committee(
        at,
        loaded,
        "SUB",
        "committee.sub-commission",
        0,
        [],
        "อ.ก.พ.ร. เกี่ยวกับการประเมินส่วนราชการฯ",
        "Sub-commission on evaluating agencies",
        first_year=None,
    )
    _committee(
        at,
        loaded,
        "L1-D",
        "committee.level1.departments",
        1,
        departments,
        "คณะทำงานเพื่อพิจารณาตัวชี้วัดของส่วนราชการ",
        "Working group on departments’ KPIs",
    )
    _committee(
        at,
        loaded,
        "L1-P",
        "committee.level1.provinces",
        1,
        provinces,
        "คณะทำงานเพื่อพิจารณาตัวชี้วัดของจังหวัด",
        "Working group on provinces’ KPIs",
    )
    _committee(
        at,
        loaded,
        "L2-P",
        "committee.level2.provinces",
        2,
        provinces,
        "คณะกรรมการกำกับการประเมินผลการปฏิบัติราชการของจังหวัด",
        "Supervising committee of provinces",
    )
    three = [body for body in departments if body.code in GROUP_OF_THREE]
    _committee(
        at,
        loaded,
        "L2-PMO",
        "committee.level2.prime-ministers-office",
        2,
        three,
        "คณะกรรมการกำกับฯ ของ สปน. กปส. และ สคบ.",
        "Supervising committee of the PMO group of three",
    )
    # Agreements were negotiated with their own committee (manual-2554 ข้อ 1.4.1); they ended in
    # fiscal year 2558, when the head of the NCPO's order 5/2559 began another evaluation.
    _committee(
        at,
        loaded,
        "NEG-P",
        "committee.negotiation",
        2,
        provinces,
        "คณะกรรมการเจรจาข้อตกลงและประเมินผล กลุ่มจังหวัดและจังหวัด",
        "Committee for negotiation and evaluation, clusters and provinces",
        first_year=2554,
        last_year=2558,
    )
    by_ministry: dict[Body, list[Body]] = {}
    for body in departments:
        if body in three or body.parent is None:
            continue
        if body.parent.code in OFFICE_OF_PRIME_MINISTER:
            _committee(
                at,
                loaded,
                f"L2-{body.code}",
                "committee.level2.single-bodies",
                2,
                [body],
                f"คณะกรรมการกำกับฯ ของ{body.name_th}",
                f"Supervising committee of {body.name_en}",
            )
        else:
            by_ministry.setdefault(body.parent, []).append(body)
    for ministry, of_it in by_ministry.items():
        _committee(
            at,
            loaded,
            f"L2-{ministry.code}",
            "committee.level2.ministries",
            2,
            of_it,
            f"คณะกรรมการกำกับฯ ของ{ministry.name_th}",
            f"Supervising committee of the {ministry.name_en}",
        )


def _committee(
    at: datetime,
    loaded: Loaded,
    code: str,
    rule_id: str,
    level: int,
    bodies: list[Body],
    name_th: str,
    name_en: str,
    *,
    first_year: int | None = MECHANISM,
    last_year: int | None = None,
) -> None:
    fields = {
        "rule_id": rule_id,
        "level": level,
        "name_th": name_th,
        "name_en": name_en,
        "first_year": first_year,
        "last_year": last_year,
    }
    committee = _keep(Committee, {"code": code}, fields, loaded, at)
    there = set(Jurisdiction.objects.filter(committee=committee).values_list("body_id", flat=True))
    Jurisdiction.objects.bulk_create(
        Jurisdiction(committee=committee, body=body) for body in bodies if body.pk not in there
    )
