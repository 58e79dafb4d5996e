"""Columns and comparisons of words that no database knows by itself: Thai order, Thai search."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func, TextField, Transform, Value
from django.db.models.functions import Lower, Replace

from esar.kernel.alphabet import sort_key

# What one may type for another, and what people leave out: a column is compared without it.
ALIKE = (
    *((chr(0xE50 + digit), str(digit)) for digit in range(10)),
    *((chr(mark), "") for mark in range(0xE47, 0xE4D)),
    ("\u200b", ""),
    ("\u00a0", " "),
    ("\u0e4d\u0e32", "\u0e33"),
    ("\u0e40\u0e40", "\u0e41"),
)


class SortKey(models.CharField):  # type: ignore[type-arg]
    """The place of a name among others in the dictionary, worked out whenever a row is saved."""

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        options |= {"max_length": 802, "default": "", "editable": False}
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 Django's
        key = sort_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key


class Spelt(Transform):
    """A column as `kernel.alphabet.search_form` spells what is looked for in it."""

    lookup_name = "spelt"
    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> Any:  # type: ignore[override]  # noqa: ARG002
        words: Func = Lower(self.lhs)
        for typed, meant in ALIKE:
            words = Replace(words, Value(typed), Value(meant))
        return compiler.compile(words)


def register() -> None:
    """Let every column of text be asked for what is spelt alike: name__spelt__contains."""
    models.CharField.register_lookup(Spelt)
    models.TextField.register_lookup(Spelt)
