"""A process that cannot read its settings says what is wrong with them and ends; no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from esar.config.check import unreadable
from esar.kernel.wording import problem_sentence

pytestmark = pytest.mark.any_database
ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zk3-" + "a-good-secret-of-the-test-" * 3
WRONG = {  # all at once
    "ESAR_DATABASE_URL": "postgres://user:hidden@db:port/esar",
    "ESAR_MAIL_URL": "mail.example",
    "ESAR_FILES_URL": "https://store/bucket",
    "ESAR_PROXIES": "nginx",
    "ESAR_KEEP_DAYS": "security=ten",
    "ESAR_MOST_MEGABYTES": "a hundred",
    "ESAR_LOG_KEY": "/no/such/key",
    "ESAR_LOG_PUBLIC_KEYS": "esar",
    "ESAR_WITNESSES": "w1.example",
    "ESAR_TIMESTAMPS": "stamps.example",
}
HALTED = 3  # gunicorn's: a process of it could not begin, and none is begun again
PROGRAMS = {
    "manage.py": (["manage.py", "migrate"], 1),
    "the worker": (["manage.py", "worker", "--once"], 1),
    "esar": (["-c", "from esar.config.command import main; main()", "doctor"], 1),
    "gunicorn": (["-m", "gunicorn", "esar.config.wsgi", "--bind", "127.0.0.1:0"], HALTED),
}


def started(program: list[str], given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: text
        for name, text in os.environ.items()
        if name != "DJANGO_SETTINGS_MODULE" and not name.startswith("ESAR_")
    }
    return subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=inherited | given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def of_ours(lines: str) -> list[str]:
    """What was said beside gunicorn's own lines, which begin with their moment."""
    return [line for line in lines.splitlines() if line and not line.startswith("[")]


@pytest.mark.parametrize("name", PROGRAMS)
def test_all_that_cannot_be_read_is_told_in_both_languages(name: str, tmp_path: Path) -> None:
    program, code = PROGRAMS[name]
    given = WRONG | {"ESAR_SECRET": SECRET, "ESAR_VAR": str(tmp_path)}
    sentences = [
        problem_sentence(problem, language)
        for problem in unreadable(given)
        for language in ("th", "en")
    ]
    answer = started(program, given)

    assert len(sentences) == 2 * len(WRONG)
    assert (answer.returncode, of_ours(answer.stderr)) == (code, sentences)
    assert "hidden" not in answer.stdout + answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_starts_without_a_secret(tmp_path: Path) -> None:
    answer = started(["manage.py", "migrate"], {"ESAR_VAR": str(tmp_path)})

    assert (answer.returncode, of_ours(answer.stderr)) == (
        1,
        [
            "ไม่ได้ตั้ง ESAR_SECRET ต้องสุ่มมาอย่างน้อย 50 ตัวอักษร",
            "ESAR_SECRET is not set: use at least 50 random letters",
        ],
    )


def test_what_can_be_read_and_is_not_safe_starts(tmp_path: Path) -> None:
    """A weak secret, a plain address: `esar check` tells of them."""
    given = {"ESAR_SECRET": "short", "ESAR_VAR": str(tmp_path)}

    assert started(["manage.py", "check"], given).returncode == 0
