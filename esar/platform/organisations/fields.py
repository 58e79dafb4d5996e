"""The fields in which a body or a committee is typed: by its code, or looked up by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from esar.kernel import spelling
from esar.kernel.figures import shortened
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.picking import CodesArea, CodesInput, Register
from esar.platform.ui.templatetags.words import name_of

NAMES = ("code", "name_th", "name_en")
MOST_LETTERS, MOST_OF_ALL = 400, 8000  # of one with its code, and of several


def _offered(rows: QuerySet[Any]) -> dict[str, str]:
    """Code → name in the reader's language. One query."""
    return {row.code: name_of(row) for row in rows.select_related(None).only(*NAMES)}


class CodeText(forms.CharField):
    """One of a register, by its code however it is typed, or by its name; None where nothing was.

    `only` says which of the register may stand here.
    """

    def __init__(self, model: type[Model], *, only: dict[str, Any] | None = None, **options: Any):
        options.setdefault("widget", CodesInput)
        super().__init__(max_length=MOST_LETTERS, **options)
        self.model, self.only = model, only or {}
        picker: Any = self.widget
        picker.choices = lambda: _offered(self._rows().order_by("name_key"))

    def _rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(**self.only)

    def clean(self, value: Any) -> Any:
        typed = spelling.normal(str(super().clean(value)))
        code = spelling.register_code(typed)
        if not code:
            return None
        if holder := self._rows().filter(code=code).first():
            return holder
        picked = Register(self._rows().values_list(*NAMES)).code_of(typed)
        if picked is None:
            figures = (("code", shortened(typed)),)
            raise forms.ValidationError(str(lazy_say("people.unknown_place", figures)))
        return self._rows().get(code=picked)


class BodiesText(forms.CharField):
    """Bodies, by codes or names with commas or lines between; gives them, each once, in order.

    `bodies` gives those that may stand here. Fields of one form that offer the same have one
    `list_id`, and all but one say that they do not `lists` it.
    """

    def __init__(
        self,
        bodies: Callable[[], QuerySet[Body]],
        *,
        list_id: str = "",
        lists: bool = True,
        **options: Any,
    ) -> None:
        options.setdefault("widget", CodesArea)
        super().__init__(max_length=MOST_OF_ALL, **options)
        self.bodies = bodies
        picker: Any = self.widget
        picker.choices = lambda: _offered(bodies().order_by("name_key"))
        picker.list_id, picker.lists = list_id, lists

    def clean(self, value: Any) -> list[Body]:
        typed = spelling.normal(str(super().clean(value)))
        codes, unknown = Register(self.bodies().values_list(*NAMES) if typed else ()).codes_of(
            typed
        )
        if unknown:
            words = ", ".join(shortened(name) for name in unknown)
            raise forms.ValidationError(str(lazy_say("people.unknown_bodies", (("names", words),))))
        if self.required and not codes:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        by_code = {body.code: body for body in self.bodies().filter(code__in=codes)}
        return [by_code[code] for code in codes]
