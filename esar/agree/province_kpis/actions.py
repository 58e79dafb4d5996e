"""Writes of what provinces choose: a file of many, into the drafts of their scorecards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from esar.agree.province_kpis.checks import ChoiceRow, Draft, read_rows
from esar.agree.province_kpis.permissions import may_load
from esar.agree.province_kpis.queries import (
    item_of,
    listed_in,
    listed_versions,
    scorecards_of_provinces,
)
from esar.agree.province_kpis.sheet import LISTING
from esar.agree.scorecards.actions import OWN_FIELDS, save_kpi
from esar.agree.scorecards.checks import components_with_kinds, rules_of
from esar.agree.scorecards.content import kpi_content, kpis_of_many
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.permissions import may_edit
from esar.exchange.files.listing import Intake
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.organisations.models import Body, Person


def load_file(
    data: bytes, name: str, year: int, *, by: Person, at: datetime, on: date
) -> Intake[ChoiceRow]:
    """Take in a file of choices, whole or not at all. What a row leaves empty stays as it is.

    Errors: Refused without the right, and for a file without a table that can be read. What is
    wrong with its rows is in what is given back.
    """
    require(may_load(by, on))
    reading = LISTING.read(data, name)
    loaded = Intake(_read(reading.lines, year, by, on), reading.problems)
    if not loaded.problems:
        _write(loaded, year, by=by, at=at, on=on)
    return loaded


def _read(lines: Any, year: int, by: Person, on: date) -> list[ChoiceRow]:
    """The rows against what is there now."""
    cards = scorecards_of_provinces(year)
    kpis = kpis_of_many(cards.values())
    drafts = {
        code: Draft(
            card,
            may_edit(by, card, on, "load"),
            {item: kpi for kpi in kpis[card.pk] if (item := item_of(kpi.template))},
        )
        for code, card in cards.items()
    }
    provinces = Body.objects.filter(kind=Body.Kind.PROVINCE, last_day=None)
    codes = provinces.values_list("code", flat=True)
    return read_rows(lines, listed_versions(year), codes, drafts, year)


@transaction.atomic
def _write(loaded: Intake[ChoiceRow], year: int, *, by: Person, at: datetime, on: date) -> None:
    cards = {row.draft.scorecard.pk: row.draft.scorecard for row in loaded.rows if row.draft}
    numbers = {
        pk: {kpi.number for kpi in kpis} for pk, kpis in kpis_of_many(cards.values()).items()
    }
    for row in loaded.rows:
        assert row.draft is not None, "a row without a problem is of a draft"
        card, kpi = row.draft.scorecard, row.kpi
        fields = _changed(kpi, row) if kpi else _added(card, row, year, numbers[card.pk])
        if not fields:
            loaded.same += 1
            continue
        try:
            save_kpi(card, fields, by=by, at=at, on=on, kpi=kpi, edit="load")
        except Refused as refused:  # somebody else was faster: told beside the row
            problems = [
                replace(each, place=each.place.at(row=row.row)) for each in refused.problems
            ]
            raise Refused(problems) from refused
        numbers[card.pk].add(fields["number"])
        loaded.new += kpi is None
        loaded.changed += kpi is not None


def _text(row: ChoiceRow) -> dict[str, Any]:
    """What the row says of unit and direction that is not said yet."""
    changes = {"unit": row.unit, "direction": row.direction}
    return {
        name: value for name, value in changes.items() if value and value != getattr(row.text, name)
    }


def _added(card: Scorecard, row: ChoiceRow, year: int, numbers: Collection[str]) -> dict[str, Any]:
    """A KPI that the scorecard has not yet, under the next number that is free."""
    assert row.version is not None, "a row without a problem is of the list"
    home = components_with_kinds(rules_of(card)[1])[0]
    free = (f"{home.value.number}.{place}" for place in count(1))
    return {
        "number": next(number for number in free if number not in numbers),
        "component": home.id,
        "kind": listed_in(year)[row.item].kpi_kind or "",
        "weight": row.weight,
        "targets": row.targets,
        "evidence_plan": "",
        "template": row.version,
        **_text(row),
    }


def _changed(kpi: Kpi, row: ChoiceRow) -> dict[str, Any]:
    """The KPI that is there with what the row says otherwise; nothing where it says the same.

    What the row does not say is written as it was read: only where nobody has saved since (`seen`).
    """
    changes: dict[str, Any] = _text(row)
    if row.weight is not None and row.weight != kpi.weight:
        changes["weight"] = row.weight
    if row.targets and row.targets != [f"{trimmed(target):f}" for target in kpi.ladder]:
        changes["targets"] = row.targets
    if not changes:
        return {}
    own = {name: getattr(kpi, name) for name in OWN_FIELDS}
    return own | changes | {"seen": mark_of(kpi_content(kpi))}
