"""The JSON form of scorecards: known keys only, each problem with the path that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from esar.exchange.files import forms, json_text
from esar.exchange.files.findings import Findings, Raw, refused
from esar.exchange.files.values import Flaw, blank
from esar.kernel.problems import Place
from esar.law.scoring.facts import Scorecard

CARD_KEYS = (
    "year",
    "kind",
    "body",
    "round",
    "code",
    "note",
    "received",
    "due",
    "province",
    "kpis",
)
MEASURED_KEYS = ("direction", "targets", "actual")
KPI_KEYS = (
    "id",
    "name",
    "component",
    "weight",
    "unit",
    *MEASURED_KEYS,
    "score",
    "steps_done",
    "items",
    "planned",
    "achieved",
    "activities",
    "not_applicable",
    "held_to",
    "kpi_kind",
)
ITEM_KEYS = ("id", "name", "weight", "unit", *MEASURED_KEYS)
ACTIVITY_KEYS = ("id", "name", "type", "start", "outputs")
OUTPUT_KEYS = ("month", "done")


def read(text: str, place: Place, *, is_sent: bool = False) -> list[Scorecard]:
    """Every scorecard of a JSON text: sent by people, or kept by us.

    Errors: Refused, with every problem in it.
    """
    findings = Findings(is_sent=is_sent)
    documents = json_text.documents(text, place)
    if not documents:
        raise refused("file.no_scorecards", place)
    raws = [_raw(one.value, one.place, one.prefix, CARD_KEYS, findings) for one in documents]
    cards = [_scorecard(raw, findings) for raw in raws if raw is not None]
    findings.refuse()
    return cards


def _scorecard(raw: Raw, findings: Findings) -> Scorecard:
    if "kpis" not in raw.fields:
        findings.add("file.no_value", raw.at("kpis"), key="kpis")
    kpis = _objects(raw, "kpis", KPI_KEYS, findings)
    read_kpis = tuple(forms.kpi(_unfolded(kpi, findings), findings) for kpi in kpis)
    return forms.scorecard(raw, read_kpis, findings)


def _unfolded(raw: Raw, findings: Findings) -> Raw:
    """The KPI with its lists: targets, items, activities with their outputs."""
    parts = activities = None
    if "items" in raw.fields:
        items = _objects(raw, "items", ITEM_KEYS, findings)
        parts = tuple(replace(item, targets=_targets(item, findings)) for item in items)
    if "activities" in raw.fields:
        activities = tuple(
            replace(one, parts=tuple(_objects(one, "outputs", OUTPUT_KEYS, findings)))
            for one in _objects(raw, "activities", ACTIVITY_KEYS, findings)
        )
    return replace(raw, targets=_targets(raw, findings), parts=parts, activities=activities)


def _targets(raw: Raw, findings: Findings) -> tuple[tuple[str, object], ...]:
    elements = _elements(raw, "targets", findings)
    return tuple((f"targets[{at}]", value) for at, value in enumerate(elements))


def _objects(raw: Raw, key: str, allowed: tuple[str, ...], findings: Findings) -> Iterator[Raw]:
    """The objects of a list field; what is no object is a problem and left out."""
    for at, value in enumerate(_elements(raw, key, findings)):
        inner = _raw(value, raw.place, f"{raw.prefix}{key}[{at}].", allowed, findings)
        if inner is not None:
            yield inner


def _elements(raw: Raw, key: str, findings: Findings) -> list[object]:
    """The elements of a list field; a missing list is an empty one."""
    elements = raw.fields.get(key)
    if isinstance(elements, list):
        return elements
    if isinstance(elements, Flaw):
        findings.add(elements.code, raw.at(key), value=elements.shown)
    elif elements is not None:
        findings.add("file.not_a_list", raw.at(key))
    return []


def _raw(
    value: object, place: Place, prefix: str, allowed: tuple[str, ...], findings: Findings
) -> Raw | None:
    here = place.at(field=prefix.removesuffix("."))
    if not isinstance(value, dict):
        findings.add("file.not_an_object", here)
        return None
    return Raw(dict(_known(value, here, prefix, allowed, findings)), here, prefix)


def _known(
    value: dict[str, object],
    place: Place,
    prefix: str,
    allowed: tuple[str, ...],
    findings: Findings,
) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        if key in allowed:
            yield key, None if blank(inner) else inner
        else:
            at = place.at(field=(prefix + key)[:120])
            findings.add("file.unknown_key", at, key=key[:60], known=", ".join(allowed))
