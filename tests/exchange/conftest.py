"""A place for LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of its own, so that no other LibreOffice is disturbed or waited for."""
    return tmp_path_factory.mktemp("office")
