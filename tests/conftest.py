"""What every test of pages shares."""

from __future__ import annotations

from typing import Any

import pytest


class Undefined(str):
    """Stands for what a template names and nobody gave."""

    __slots__ = ()

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")

    def __contains__(self, searched: object) -> bool:
        return searched == "%s"


@pytest.fixture
def strict_templates(settings: Any) -> None:
    """A template that names what is not there must fail, not show nothing."""
    options = {**settings.TEMPLATES[0]["OPTIONS"], "string_if_invalid": Undefined("%s")}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]
