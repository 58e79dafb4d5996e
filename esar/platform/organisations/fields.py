"""The field in which the code of a body or a committee is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model

from esar.kernel import spelling
from esar.platform.ui.forms import lazy_say


class CodeText(forms.CharField):
    """A code, however it is typed; gives what it is of, or None where nothing was typed.

    `only` says which of the register may stand here.
    """

    def __init__(self, model: type[Model], *, only: dict[str, Any] | None = None, **options: Any):
        super().__init__(**options)
        self.model, self.only = model, only or {}

    def clean(self, value: Any) -> Any:
        code = spelling.register_code(super().clean(value))
        if not code:
            return None
        holder = self.model._default_manager.filter(code=code, **self.only).first()
        if holder is None:
            raise forms.ValidationError(str(lazy_say("people.unknown_place", (("code", code),))))
        return holder
