"""The items of a KPI that is a weighted average: as they are agreed, and their results."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedKpi
from esar.kernel.wording import figure, is_per_cent
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Ladder, WeightedItems
from esar.law.rules.numbers import trimmed
from esar.platform.ui.forms import DecimalText, Form, lazy_say

MOST_ITEMS = 30  # that a page can be filled in with; no source limits them
FREE_ROWS = 4  # under those that are filled in
TEXTS = ("name", "unit", "direction")


class ItemFields(Form):
    """Rows of items: item_1_name, item_1_weight, item_1_unit, item_1_direction, item_1_level_1, …

    Who negotiates or changes agreed items has their weights and levels before them, no more.
    """

    item_rows: list[int]
    agreed_items: list[dict[str, Any]]
    levels_of_items: int

    def add_items(
        self, rules: Rules, items: list[dict[str, Any]], unit: str, language: str, *, may_name: bool
    ) -> None:
        ladder, average = rules.the(Ladder), rules.the(WeightedItems)
        self.agreed_items, self.may_name_items = items, may_name
        self.levels_of_items = len(ladder.value.points) if ladder else 0
        many = len(items) if not may_name else max(len(items), self._sent_rows()) + FREE_ROWS
        self.item_rows = list(range(1, min(many, MOST_ITEMS) + 1)) if average and ladder else []
        for row in self.item_rows:
            item = items[row - 1] if row <= len(items) else {}
            if may_name:
                self._add_texts(row, item)
            share = is_per_cent(str(self._sent(f"item_{row}_unit", item.get("unit")) or unit))
            weight = DecimalText(
                required=False, label=lazy_say("label.item_weight"), initial=item.get("weight")
            )
            self._add_item_field(row, "weight", weight)
            targets = item.get("targets") or []
            for place in range(self.levels_of_items if ladder else 0):
                level = figure(ladder.value.levels[place], language) if ladder else ""
                target = DecimalText(
                    required=False,
                    share=share,
                    label=level,
                    initial=targets[place] if place < len(targets) else None,
                )
                self._add_item_field(row, f"level_{place + 1}", target)

    def _add_texts(self, row: int, item: dict[str, Any]) -> None:
        name = forms.CharField(
            required=False,
            max_length=300,
            label=lazy_say("label.item_name"),
            initial=item.get("name"),
        )
        unit = forms.CharField(
            required=False, max_length=60, label=lazy_say("label.unit"), initial=item.get("unit")
        )
        direction = forms.ChoiceField(
            required=False,
            label=lazy_say("label.direction"),
            initial=item.get("direction", "higher"),
            choices=[(name, lazy_say(f"choice.{name}")) for name in ("higher", "lower")],
            widget=forms.Select(),
        )
        for part, field in (("name", name), ("unit", unit), ("direction", direction)):
            self._add_item_field(row, part, field)

    def _add_item_field(self, row: int, part: str, field: forms.Field) -> None:
        title = str(row)
        if not self.may_name_items:
            title = f"{row} {self.agreed_items[row - 1]['name']}"
        field.label = lazy_say("label.of_item", (("item", title), ("field", field.label)))
        self.fields[f"item_{row}_{part}"] = field

    def show_known(self, figures: Mapping[str, Any]) -> None:
        """What each item has come to already, by its id, beside its levels."""
        for row, item in zip(self.item_rows, self.agreed_items, strict=False):
            self.fields[f"item_{row}_weight"].help_text = figures.get(item["id"], "")

    def _sent_rows(self) -> int:
        """How many rows a browser sent, up to the last of which something is filled in."""
        filled = [
            row
            for row in range(1, MOST_ITEMS + 1)
            if any(self.data.get(f"item_{row}_{part}") for part in self._told_parts)
        ]
        return max(filled, default=0)

    def _sent(self, name: str, agreed: Any) -> Any:
        return self.data.get(name, agreed) if self.is_bound else agreed

    def initial_of_items(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """What the fields show where this is asked of the items."""
        values: dict[str, Any] = {}
        for row, item in enumerate(items, start=1):
            values[f"item_{row}_weight"] = item["weight"]
            for place, target in enumerate(item["targets"], start=1):
                values[f"item_{row}_level_{place}"] = target
        return values

    @property
    def _told_parts(self) -> list[str]:
        """What of a row says that it is begun: a direction is always chosen."""
        return [part for part in self.item_parts if part != "direction"]

    @property
    def item_parts(self) -> tuple[str, ...]:
        levels = tuple(f"level_{place + 1}" for place in range(self.levels_of_items))
        texts = TEXTS if self.may_name_items else ()
        return (*texts[:1], "weight", *texts[1:], *levels)

    @property
    def item_names(self) -> list[str]:
        """The fields of the items, row by row."""
        return [f"item_{row}_{part}" for row in self.item_rows for part in self.item_parts]

    @property
    def item_fields(self) -> list[list[Any]]:
        """The fields of each row."""
        return [[self[f"item_{row}_{part}"] for part in self.item_parts] for row in self.item_rows]

    @property
    def shows_items(self) -> bool:
        """Whether there are items, or one is being written, or something is wrong with one."""
        begun = self.agreed_items or self["method"].value() == IndicatorVersion.Method.ITEMS
        return bool(begun or self.errors.keys() & set(self.item_names))

    def items(self) -> list[dict[str, Any]]:
        """The items as a KPI keeps them; adds an error where a row that is begun lacks something.

        A row of which nothing is filled in is no item.
        """
        items: list[dict[str, Any]] = []
        for row in self.item_rows:
            values = {part: self.cleaned_data.get(f"item_{row}_{part}") for part in self.item_parts}
            if not self.may_name_items:
                values |= {name: self.agreed_items[row - 1][name] for name in TEXTS}
            if self._is_begun(row, values):
                items.append(self._item(row, len(items) + 1, values))
        return items

    def _is_begun(self, row: int, values: Mapping[str, Any]) -> bool:
        unread = {f"item_{row}_{part}" for part in self._told_parts} & self.errors.keys()
        is_agreed = not self.may_name_items  # which items there are is not asked
        return (
            is_agreed
            or bool(unread)
            or any(values[part] not in (None, "") for part in self._told_parts)
        )

    def _item(self, row: int, number: int, values: Mapping[str, Any]) -> dict[str, Any]:
        levels = [values[f"level_{place + 1}"] for place in range(self.levels_of_items)]
        typed = [level for level in levels if level is not None]
        for part in ("name", "weight"):
            self._require(f"item_{row}_{part}", values[part])
        if len(typed) < len(levels) and (typed or not self.may_name_items):
            for place, level in enumerate(levels, start=1):
                self._require(f"item_{row}_level_{place}", level)
        return {
            "id": str(number),
            "name": (values["name"] or "").strip(),
            "weight": "" if values["weight"] is None else f"{trimmed(values['weight']):f}",
            "unit": (values["unit"] or "").strip(),
            "direction": values["direction"] or "higher",
            "targets": [f"{level:f}" for level in typed] if len(typed) == len(levels) else [],
        }

    def _require(self, name: str, value: Any) -> None:
        if value in (None, "") and name not in self.errors:
            self.add_error(name, lazy_say("form.required"))


def result_fields(
    kpi: AgreedKpi, results: Mapping[str, Any], prefix: str = ""
) -> dict[str, forms.Field]:
    """A field for the result of each item of a KPI, by the name of the field."""
    fields: dict[str, forms.Field] = {}
    for item in kpi.items:
        unit = item.unit or kpi.unit
        label = lazy_say(
            "page.item_actual", (("number", item.id), ("name", item.name), ("unit", unit))
        )
        field = DecimalText(
            required=False, label=label, share=is_per_cent(unit), initial=results.get(item.id)
        )
        fields[f"{prefix}item_{item.id}"] = field
    return fields


def results_typed(
    kpi: AgreedKpi, cleaned: Mapping[str, Any], prefix: str = ""
) -> dict[str, Decimal]:
    """Item id → the result that was typed; an item left empty is not reported."""
    return {
        item.id: result
        for item in kpi.items
        if (result := cleaned.get(f"{prefix}item_{item.id}")) is not None
    }
