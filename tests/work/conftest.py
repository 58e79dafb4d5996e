"""A world for each test, and a log whose guard lets Django empty the tables of a test."""

from __future__ import annotations

import pytest

from tests.work.make import World


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 the database is needed
    return World()
