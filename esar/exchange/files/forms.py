"""Raw fields → the facts that scoring knows. JSON and tables meet here and part no more.

Where a value became a problem an empty one stands in for it: the file is refused in the end.
"""

from __future__ import annotations

from decimal import Decimal

from esar.exchange.files import values
from esar.exchange.files.findings import Findings, Raw
from esar.law.scoring.facts import (
    Activity,
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Plan,
    PlannedOutput,
    Result,
    Scorecard,
    StepsDone,
)

# The fields that make a KPI be of a form. A KPI has one form; none means "not reported".
FORMS: dict[str, tuple[str, ...]] = {
    "targets": ("targets", "actual"),
    "score": ("score",),
    "steps_done": ("steps_done",),
    "items": ("items",),
    "planned": ("planned", "achieved"),
    "activities": ("activities",),
}


def scorecard(raw: Raw, kpis: tuple[Kpi, ...], findings: Findings) -> Scorecard:
    """A scorecard with its KPIs already read."""
    return Scorecard(
        year=findings.need(raw, "year", values.year) or 0,
        body_kind=findings.need(raw, "kind", values.body_kind) or "",
        body=findings.need(raw, "body", findings.words) or "",
        round=findings.need(raw, "round", values.round_id) or "",
        kpis=kpis,
        received=findings.read(raw, "received", values.day),
        due=findings.read(raw, "due", values.day),
        province=findings.read(raw, "province", findings.words),
        code=findings.read(raw, "code", findings.words) or "",
        note=findings.read(raw, "note", findings.words) or "",
        place=raw.place,
    )


def kpi(raw: Raw, findings: Findings) -> Kpi:
    """One KPI with its result, whichever form it has."""
    unit = findings.read(raw, "unit", findings.words) or ""
    return Kpi(
        id=findings.need_number(raw, "id", findings.words),
        component=findings.read(raw, "component", findings.words),
        weight=findings.read(raw, "weight", values.percentage),
        result=_result(raw, unit, findings),
        label=findings.read(raw, "name", findings.words) or "",
        unit=unit,
        not_applicable=findings.read(raw, "not_applicable", findings.words) or "",
        held_to=findings.read(raw, "held_to", values.held_to) or "year",
        kind=findings.read(raw, "kpi_kind", findings.words) or "",
        place=raw.place,
    )


def _result(raw: Raw, unit: str, findings: Findings) -> Result:
    forms = [form for form, keys in FORMS.items() if _has_form(raw, form, keys)]
    if len(forms) > 1:
        findings.add("file.two_forms", raw.place, forms=", ".join(forms))
        return Given(None)
    match forms:
        case ["targets"]:
            return _measured(raw, unit, findings)
        case ["steps_done"]:
            return StepsDone(findings.read(raw, "steps_done", values.step_numbers))
        case ["items"]:
            return _items(raw, unit, findings)
        case ["planned"]:
            planned = findings.need(raw, "planned", values.whole)
            return Outputs(planned or 0, findings.read(raw, "achieved", values.whole))
        case ["activities"]:
            return Plan(tuple(_activity(part, findings) for part in raw.activities or ()))
    return Given(findings.read(raw, "score", values.percentage))


def _has_form(raw: Raw, form: str, keys: tuple[str, ...]) -> bool:
    if form == "items":
        return raw.parts is not None
    if form == "activities":
        return raw.activities is not None
    return raw.has(*keys) or (form == "targets" and bool(raw.targets))


def _measured(raw: Raw, unit: str, findings: Findings) -> Measured:
    reader = values.in_unit(unit)
    targets = []
    for key, value in raw.targets:
        if values.blank(value):
            findings.add("file.gap_in_targets", raw.at(key))
        targets.append(findings.value(value, raw.at(key), reader) or Decimal(0))
    return Measured(
        findings.read(raw, "direction", values.direction) or "higher",
        tuple(targets),
        findings.read(raw, "actual", reader),
    )


def _items(raw: Raw, unit: str, findings: Findings) -> Items:
    parts = raw.parts or ()
    items = tuple(_item(part, unit, findings) for part in parts)
    seen: set[str] = set()
    for item, part in zip(items, parts, strict=True):
        if item.id and item.id in seen:
            findings.add("file.item_twice", part.at("id"), item=item.id)
        seen.add(item.id)
    return Items(items)


def _item(raw: Raw, unit: str, findings: Findings) -> Item:
    name = findings.need_number(raw, "id", findings.words)
    weight = findings.need(raw, "weight", values.percentage) or Decimal(0)
    own_unit = findings.read(raw, "unit", findings.words) or ""
    return Item(
        name,
        weight,
        _measured(raw, own_unit or unit, findings),
        findings.read(raw, "name", findings.words) or "",
        own_unit,
    )


def _activity(raw: Raw, findings: Findings) -> Activity:
    return Activity(
        id=findings.need(raw, "id", findings.words) or "",
        label=findings.read(raw, "name", findings.words) or "",
        type=findings.read(raw, "type", findings.words),
        start=findings.read(raw, "start", values.month),
        outputs=tuple(_output(part, findings) for part in raw.parts or ()),
    )


def _output(raw: Raw, findings: Findings) -> PlannedOutput:
    month = findings.need(raw, "month", values.month) or values.month("2000-01")
    return PlannedOutput(month, findings.read(raw, "done", values.truth))
