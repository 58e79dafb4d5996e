"""What a command writes is there whole, or nothing has changed."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.cli.run import esar

COMMANDS = (
    ("score", "samples/dit-2567.json", "--force", "--out"),
    ("template", "2567", "--force", "--out"),
    ("rules", "document", "2567", "--force", "--out"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_a_sentence_and_the_file_stays_as_it_was(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.xlsx"
    path.write_bytes(b"before")

    def no_space(self: Path, *_: Any, **__: Any) -> int:
        self.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_space)
    monkeypatch.setattr(Path, "write_text", no_space)
    result = esar(*command, str(path), "--lang", "en")

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{path} cannot be written (No space left on device)")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("result.xlsx", b"before")
    ]
