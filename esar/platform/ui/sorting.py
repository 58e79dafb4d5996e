"""The column by which names stand in Thai order, which no database knows by itself."""

from __future__ import annotations

from typing import Any

from django.db import models

from esar.kernel.alphabet import sort_key


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
