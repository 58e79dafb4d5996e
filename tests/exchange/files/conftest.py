"""LibreOffice as an independent calculator."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def recalculate(office_profile: Path, tmp_path: Path) -> Callable[..., Path]:
    """Open a workbook in LibreOffice, calculate every formula, save it: the new file."""

    def run(path: Path, suffix: str = "xlsx") -> Path:
        folder = tmp_path / "calculated"
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={office_profile.as_uri()}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                str(folder),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder / f"{path.stem}.{suffix}"

    return run
