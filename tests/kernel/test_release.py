"""Which release this is: what is stated, else what git says, else nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from esar.kernel import release


def test_a_stated_commit_stands_before_what_git_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESAR_COMMIT", " 0123abc ")

    assert release.commit.__wrapped__() == "0123abc"


def test_a_source_tree_has_the_commit_of_its_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESAR_COMMIT", raising=False)
    head = ["git", "rev-parse", "--short=12", "HEAD"]
    of_git = subprocess.run(head, capture_output=True, text=True, check=True).stdout.strip()

    assert release.commit.__wrapped__().removesuffix("-dirty") == of_git


def test_what_is_installed_without_a_history_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ESAR_COMMIT", raising=False)
    monkeypatch.setattr(release, "_ROOT", tmp_path)

    assert release.commit.__wrapped__() == ""
