"""The benchmarks share one file, and none takes away what another measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import readme


def test_a_section_takes_the_place_of_its_own_and_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "README.md"
    file.write_text("# Benchmarks\n\n## Pages\n\nold\n\n## Writers\n\nkept\n")
    monkeypatch.setattr(readme, "FILE", file)

    readme.put("# Benchmarks\n\nnew head\n\n## Pages\n\nnew\n")
    readme.put("## The last evening\n\nadded\n")

    assert file.read_text() == (
        "# Benchmarks\n\nnew head\n\n## Pages\n\nnew\n\n## Writers\n\nkept\n\n"
        "## The last evening\n\nadded\n"
    )
