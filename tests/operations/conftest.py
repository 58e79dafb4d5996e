"""What the doctor finds in a test's store is that test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    kept = {**settings.STORAGES["evidence"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": kept}
