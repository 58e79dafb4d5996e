"""A world for each test, and a log whose guard lets Django empty the tables of a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.work.make import World


@pytest.fixture(autouse=True)
def _own_day(settings: Any) -> None:
    """A demo day that one test pretends is not another's."""
    Path(settings.VAR, "demo-day").unlink(missing_ok=True)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 the database is needed
    return World()
