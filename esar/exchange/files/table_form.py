"""The rows of a table → scorecards: rows that belong together, items with their KPI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from esar.exchange.files import forms, table, values
from esar.exchange.files.columns import CARD_COLUMNS, GROUP_KEYS, TARGET_COLUMNS
from esar.exchange.files.findings import Findings, Raw
from esar.exchange.files.grid import Grid
from esar.exchange.files.table import Row
from esar.kernel import spelling
from esar.kernel.problems import Place, Problem
from esar.law.scoring.facts import Scorecard

_PARSERS: dict[str, Callable[[object], object]] = {
    "year": values.year,
    "kind": values.body_kind,
    "round": values.round_id,
    "received": values.day,
}
_CARD_KEYS = tuple(column.key for column in CARD_COLUMNS)
_CARD_KEYS_ONLY = frozenset(_CARD_KEYS)  # a row that says no more holds no KPI
_TARGET_KEYS = tuple(column.key for column in TARGET_COLUMNS)
_NOT_OF_ITEMS = (
    "component",
    "score",
    "steps_done",
    "planned",
    "achieved",
    "not_applicable",
    "held_to",
    "kpi_kind",
)

Group = tuple[object, ...]


@dataclass
class _Card:
    """A scorecard being gathered: its own fields with the row each came from, and its rows."""

    place: Place
    fields: dict[str, object] = field(default_factory=dict)
    came_from: dict[str, Place] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def read(grids: list[Grid], place: Place) -> list[Scorecard]:
    """Every scorecard of a table. Errors: Refused, with every problem in it."""
    findings = Findings(is_sent=True)
    cards = _gathered(table.rows(grids, place, findings), findings)
    scorecards = [_scorecard(card, findings) for card in cards]
    findings.refuse()
    return [
        replace(scorecard, notes=_notes(card, findings))
        for card, scorecard in zip(cards, scorecards, strict=True)
    ]


def _notes(card: _Card, findings: Findings) -> tuple[Problem, ...]:
    """The notes on a scorecard's own rows."""
    rows = {row.place.row for row in card.rows}
    return tuple(note for note in findings.notes if note.place.row in rows)


def _gathered(rows: list[Row], findings: Findings) -> list[_Card]:
    """Rows by year, kind, body and round, in the order of the file; an empty one is as above."""
    cards: dict[Group, _Card] = {}
    above: dict[str, object] = {}
    for row in rows:
        row_fields = {key: row.fields[key] for key in GROUP_KEYS if key in row.fields}
        above = above | row_fields
        group = tuple(_group_value(above.get(key), key) for key in GROUP_KEYS)
        card = cards.setdefault(group, _Card(row.place))
        if not card.rows:
            card.fields.update(above)
        card.rows.append(row)
        _take_card_fields(card, row, findings)
    return list(cards.values())


def _group_value(value: object, key: str) -> object:
    """The value as far as it can be read, so that 2567 and ๒๕๖๗ are one scorecard."""
    return _parsed(value, key) if value is not None else None


def _parsed(value: object, key: str) -> object:
    try:
        return _PARSERS.get(key, _key)(value)
    except values.Unfit:
        return str(value)


def _key(value: object) -> str:
    """What texts are compared by: two spellings of a body are one body."""
    return spelling.key(values.text(value))


def _take_card_fields(card: _Card, row: Row, findings: Findings) -> None:
    for key in _CARD_KEYS:
        value = row.fields.get(key)
        if value is None:
            continue
        earlier = card.fields.setdefault(key, value)
        first = card.came_from.setdefault(key, row.place.at(field=key))
        if _parsed(value, key) != _parsed(earlier, key):
            figures = {"value": str(value)[:60], "known": str(earlier)[:60], "row": first.row}
            findings.add("file.two_values", row.place.at(field=key), **figures)


def _scorecard(card: _Card, findings: Findings) -> Scorecard:
    items: dict[str, list[Raw]] = {}
    parents = {_name(row.fields.get("id")) for row in card.rows if "item_of" not in row.fields}
    for row in card.rows:
        if "item_of" in row.fields:
            _take_item(row, parents, items, findings)
    kpis = [
        forms.kpi(_raw(row, tuple(items.get(_name(row.fields.get("id")), ())) or None), findings)
        for row in card.rows
        if "item_of" not in row.fields and not _CARD_KEYS_ONLY.issuperset(row.fields)
    ]
    return forms.scorecard(
        Raw(card.fields, card.place, places=card.came_from), tuple(kpis), findings
    )


def _take_item(
    row: Row, parents: set[str], items: dict[str, list[Raw]], findings: Findings
) -> None:
    parent = _name(row.fields["item_of"])
    if parent not in parents:
        findings.add("file.no_such_parent", row.place.at(field="item_of"), parent=parent)
    for key in _NOT_OF_ITEMS:
        if key in row.fields:
            findings.add("file.not_of_an_item", row.place.at(field=key), key=key, parent=parent)
    items.setdefault(parent, []).append(_raw(row, None))


def _raw(row: Row, parts: tuple[Raw, ...] | None) -> Raw:
    """The row's fields, with its targets up to the last one filled."""
    filled = [at for at, key in enumerate(_TARGET_KEYS) if key in row.fields]
    keys = _TARGET_KEYS[: filled[-1] + 1] if filled else ()
    targets = tuple((key, row.fields.get(key)) for key in keys)
    return Raw(row.fields, row.place, targets=targets, parts=parts)


def _name(value: object) -> str:
    try:
        return spelling.number(values.text(value)) if value is not None else ""
    except values.Unfit:
        return ""
