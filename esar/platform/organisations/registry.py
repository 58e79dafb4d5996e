"""The registry of bodies and committees, from its CSV files: again changes nothing.

A row that differs from the table is written and told in the log. What the files no longer hold
ends: a body on the day before, a committee with the year before; no row of theirs is removed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from esar.kernel.alphabet import sort_key
from esar.kernel.problems import Place, Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.years import fiscal_year_of
from esar.platform.history.actions import record, record_many
from esar.platform.organisations.models import Body, Committee, FormerName, Jurisdiction
from esar.platform.ui.sorting import SortKey

FIRST_REGIME = date(2010, 10, 1)  # fiscal year 2554, the oldest rulebook
CONSIDERS = ("nothing", "kind", "bodies", "each_body_of", "each_ministry")


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
    """Load bodies, their former names and the committees that consider them.

    Errors: Refused when two committees of a level would consider one body in a year, or a row of
    committees.csv names a body that is none, or does not say what it considers.
    """
    loaded = Loaded()
    bodies = [_keep(Body, {"code": code}, fields, loaded, at) for code, fields in _bodies(folder)]
    bodies += load_outside(folder / "outside_bodies.csv", loaded, at)
    _end_bodies_but(bodies, at)
    for row in _rows(folder / "former_names.csv"):
        FormerName.objects.update_or_create(
            body=Body.objects.get(code=row["code"]),
            last_day=row["last_day"],
            defaults={name: row[name] for name in ("name_th", "name_en", "source")},
        )
    committees = Loaded()
    _load_committees(folder, at, committees)
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
    keys = {
        key.attname: sort_key(different[key.of])
        for key in model._meta.fields
        if isinstance(key, SortKey) and key.of in different
    }
    model.objects.filter(pk=row.pk).update(**different, **keys)
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


def load_outside(path: Path, loaded: Loaded, at: datetime, *, is_demo: bool = False) -> list[Body]:
    """The bodies of a file that are outside the evaluation; those of a demo stay until it goes."""
    bodies = []
    for row in _rows(path):
        fields = _common(row) | {
            "parent": Body.objects.get(code=row["parent_code"]) if row["parent_code"] else None,
            "established_by": row["established_by"],
            "under_revolving_fund_act": {"yes": True, "no": False}.get(row["revolving_fund"]),
            "is_demo": is_demo,
        }
        bodies.append(_keep(Body, {"code": row["code"]}, fields, loaded, at))
    return bodies


def _end_bodies_but(bodies: list[Body], at: datetime) -> None:
    """A body that the files no longer hold ended yesterday; its past stays."""
    yesterday = timezone.localdate(at) - timedelta(days=1)
    open_bodies = Body.objects.filter(last_day=None, is_demo=False)
    for body in open_bodies.exclude(pk__in=[body.pk for body in bodies]):
        last = max(yesterday, body.first_day or yesterday)
        Body.objects.filter(pk=body.pk).update(last_day=last)
        after = {"last_day": last.isoformat()}
        record("registry.ended", body, by=None, at=at, body=body.code, after=after)


def _load_committees(folder: Path, at: datetime, loaded: Loaded) -> None:
    """The committees of `committees.csv`, and whose scorecards each considers."""
    rows = _rows(folder / "committees.csv")
    if problems := list(_row_problems(rows)):
        raise Refused(problems)
    committees = [
        _committee(at, loaded, row, bodies, named_after)
        for row, named_after, bodies in _groups(rows)
    ]
    _end_committees_but(committees, at)
    if problems := list(_two_committees()):
        raise Refused(problems)


def _row_problems(rows: list[dict[str, str]]) -> Iterator[Problem]:
    """Rows that say nothing this registry understands, or name a body that it does not hold."""
    codes = set(Body.objects.values_list("code", flat=True))
    for number, row in enumerate(rows, start=2):
        place = Place(file="committees.csv", row=number)
        if row["considers"] not in CONSIDERS:
            figures: dict[str, object] = {"value": row["considers"], "known": CONSIDERS}
            yield Problem("registry.considers_unknown", figures, place)
        of_row = row["of"].split() if row["considers"] in ("bodies", "each_body_of") else []
        if unknown := tuple(code for code in of_row if code not in codes):
            yield Problem("registry.body_unknown", {"codes": unknown}, place)


def _groups(
    rows: list[dict[str, str]],
) -> Iterator[tuple[dict[str, str], Body | None, list[Body]]]:
    """Each committee: its row, the body or ministry it is named after, and whom it considers.

    A row may stand for many: `each_body_of` for a committee of each department under a ministry
    of `of`, `each_ministry` for one of each other ministry's departments. A department that an
    earlier row named by itself is not in a later one's.
    """
    bodies = Body.objects.filter(evaluated_from__isnull=False).select_related("parent")
    left = [body for body in bodies if body.kind == Body.Kind.DEPARTMENT]
    for row in rows:
        if row["considers"] in ("nothing", "kind"):
            yield row, None, [body for body in bodies if body.kind == row["of"]]
            continue
        for named_after, departments in _departments(row, left):
            yield row, named_after, departments
            left = [body for body in left if body not in departments]


def _departments(row: dict[str, str], left: list[Body]) -> list[tuple[Body | None, list[Body]]]:
    """The departments of each committee that a row stands for, with what it is named after."""
    codes = row["of"].split()
    if row["considers"] == "bodies":
        return [(None, [body for body in left if body.code in codes])]
    if row["considers"] == "each_body_of":
        return [(body, [body]) for body in left if body.parent and body.parent.code in codes]
    by_ministry: dict[Body, list[Body]] = {}
    for body in left:
        if body.parent is not None:
            by_ministry.setdefault(body.parent, []).append(body)
    return list(by_ministry.items())


def _committee(
    at: datetime,
    loaded: Loaded,
    row: dict[str, str],
    bodies: list[Body],
    named_after: Body | None,
) -> Committee:
    """One committee of a row; `named_after` fills the blanks of its code and names."""
    blanks: dict[str, str] = {}
    if named_after is not None:
        blanks = {name: getattr(named_after, name) for name in ("code", "name_th", "name_en")}
    texts = {name: row[name].format(**blanks) for name in ("code", "name_th", "name_en")}
    fields = {
        "rule_id": row["rule_id"],
        "level": int(row["level"]),
        "name_th": texts["name_th"],
        "name_en": texts["name_en"],
        "first_year": _first_year(row, bodies),
        "last_year": int(row["last_year"]) if row["last_year"] else None,
    }
    committee: Committee = _keep(Committee, {"code": texts["code"]}, fields, loaded, at)
    _keep_jurisdiction(committee, bodies, at)
    return committee


def _first_year(row: dict[str, str], bodies: list[Body]) -> int | None:
    """The year of the row, or the first in which any of its bodies is evaluated."""
    if not row["first_year"]:
        return None
    days = [body.evaluated_from for body in bodies if body.evaluated_from is not None]
    first = int(row["first_year"])
    return max(first, fiscal_year_of(min(days))) if days else first


def _keep_jurisdiction(committee: Committee, bodies: list[Body], at: datetime) -> None:
    """The committee considers these bodies and no other; one that goes is told in the log."""
    jurisdiction = Jurisdiction.objects.filter(committee=committee).select_related("body")
    there = {row.body_id: row for row in jurisdiction}
    Jurisdiction.objects.bulk_create(
        Jurisdiction(committee=committee, body=body) for body in bodies if body.pk not in there
    )
    in_file = {body.pk for body in bodies}
    leavers = [row for body_id, row in there.items() if body_id not in in_file]
    for row in leavers:
        before = {"committee": committee.code, "body": row.body.code}
        record("registry.ended", committee, by=None, at=at, body=row.body.code, before=before)
    Jurisdiction.objects.filter(pk__in=[row.pk for row in leavers]).delete()


def _end_committees_but(committees: list[Committee], at: datetime) -> None:
    """A committee that the file no longer holds considers nothing from this fiscal year on."""
    last = fiscal_year_of(timezone.localdate(at)) - 1
    for committee in Committee.objects.exclude(pk__in=[row.pk for row in committees]):
        _keep_jurisdiction(committee, [], at)
        if committee.last_year is None or committee.last_year > last:
            Committee.objects.filter(pk=committee.pk).update(last_year=last)
            before, after = {"last_year": str(committee.last_year)}, {"last_year": str(last)}
            record("registry.ended", committee, by=None, at=at, before=before, after=after)


def _two_committees() -> Iterator[Problem]:
    """Where two committees of a level would consider one body in the same years."""
    considered: dict[tuple[int, Body | None], list[Committee]] = {}
    for committee in Committee.objects.filter(level=0).order_by("code"):
        considered.setdefault((0, None), []).append(committee)
    jurisdiction = Jurisdiction.objects.select_related("committee", "body")
    for row in jurisdiction.order_by("body__code", "committee__code"):
        considered.setdefault((row.committee.level, row.body), []).append(row.committee)
    for (level, body), committees in considered.items():
        for first, second in combinations(committees, 2):
            if (years := _years_of_both(first, second)) is not None:
                figures: dict[str, object] = {
                    "body": body or Word("page.all"),
                    "level": level,
                    "committees": (first.code, second.code),
                    "year": years,
                }
                yield Problem("registry.two_committees", figures, Place(file="committees.csv"))


def _years_of_both(first: Committee, second: Committee) -> int | None:
    """The first fiscal year that both consider, None when there is none."""
    oldest = fiscal_year_of(FIRST_REGIME)
    begins = max(first.first_year or oldest, second.first_year or oldest)
    ends = [row.last_year for row in (first, second) if row.last_year is not None]
    return begins if not ends or begins <= min(ends) else None
