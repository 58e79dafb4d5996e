"""`esar check` tells all that is wrong with the settings at once, and says so by its exit code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from esar.config.check import names, problems_of
from esar.config.command import main

pytestmark = pytest.mark.any_database
ROOT = Path(__file__).resolve().parents[2]
READ = r'environ(?:\.get\(\s*|\[)"(ESAR_[A-Z_]+)"'
SECRET = "kD8-vuX2q_LmN4pR7sT0wY3zB6cF9gH1jK5xQ8eV2aZ4uW7oPa"  # of 50 letters


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    """Settings of a site in earnest, with nothing against them."""
    folder = tmp_path / "var"
    folder.mkdir()
    folder.chmod(0o750)
    return {
        "ESAR_SECRET": SECRET,
        "ESAR_ADDRESS": "https://esar.example.go.th",
        "ESAR_HOSTS": "esar.example.go.th",
        "ESAR_MAIL_URL": "smtp+starttls://user:password@mail.example.go.th",
        "ESAR_VAR": str(folder),
    }


def codes(given: dict[str, str]) -> list[str]:
    return [problem.code for problem in problems_of(given)]


def test_good_settings_are_in_order(good: dict[str, str]) -> None:
    assert codes(good) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("ESAR_SECRET", "", "settings.no_secret"),
        ("ESAR_SECRET", SECRET[:49], "settings.weak_secret"),
        ("ESAR_SECRET", "ab" * 40, "settings.weak_secret"),
        ("ESAR_DEBUG", "1", "settings.debug"),
        ("ESAR_ADDRESS", "http://esar.example.go.th", "settings.plain_address"),
        ("ESAR_HOSTS", "other.example.go.th", "settings.host_not_served"),
        ("ESAR_HOSTS", ".example.com", "settings.host_not_served"),
        ("ESAR_ADDRESS", "esar.example.go.th", "settings.no_url"),
        ("ESAR_ADDRESS", "https://[esar", "settings.no_url"),
        ("ESAR_PROXIES", "nginx", "settings.no_proxy"),
        ("ESAR_DATABASE_URL", "mysql://db/esar", "settings.no_url"),
        ("ESAR_DATABASE_URL", "postgres://db:port/esar", "settings.no_url"),
        ("ESAR_DATABASE_URL", "postgres://u:p@db.example/esar", "settings.plain_database"),
        ("ESAR_DATABASE_URL", "postgres:///esar?host=/run&sslmode=safe", "settings.no_sslmode"),
        ("ESAR_MAIL_URL", "", "settings.no_mail"),
        ("ESAR_MAIL_URL", "mail.example.go.th", "settings.no_url"),
        ("ESAR_MAIL_URL", "smtp://u:p@mail.example.go.th", "settings.plain_mail"),
        ("ESAR_FILES_URL", "https://store/bucket", "settings.no_url"),
        ("ESAR_FILES_URL", "s3://k:s@store.example/bucket", "settings.plain_files"),
        ("ESAR_CLAMD", "clamd", "settings.no_scanner"),
        ("ESAR_MOST_MEGABYTES", "a hundred", "settings.no_number"),
        ("ESAR_LOG_KEY", "/no/such/key", "key.cannot_read"),
        ("ESAR_LOG_PUBLIC_KEYS", "esar", "key.not_a_key"),
        ("ESAR_KEEP_DAYS", "security=ten", "settings.no_keep_days"),
        ("ESAR_TIMESTAMPS", "stamps.example", "stamp.not_an_address"),
        ("ESAR_TIMESTAMPS", "https://stamps.example", "stamp.no_roots"),
        ("ESAR_WITNESSES", "w1.example", "key.not_a_key"),
        ("ESAR_VAR", "/etc/passwd/var", "settings.no_folder"),
        ("ESAR_MAILURL", "smtp://mail", "settings.unknown"),
    ],
)
def test_each_wrong_setting_is_told(good: dict[str, str], name: str, text: str, code: str) -> None:
    assert codes(good | {name: text}) == [code]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ESAR_HOSTS", ".example.go.th"),
        ("ESAR_PROXIES", "unix,10.0.0.0/8"),
        ("ESAR_DATABASE_URL", "postgres://u:p@db.example/esar?sslmode=verify-full"),
        ("ESAR_DATABASE_URL", "postgres://u:p@127.0.0.1:5432/esar"),
        ("ESAR_DATABASE_URL", "postgres:///esar?host=/run/postgresql"),
        ("ESAR_MAIL_URL", "smtp://127.0.0.1"),
        ("ESAR_FILES_URL", "s3s://k:s@store.example/bucket"),
        ("ESAR_CLAMD", "/run/clamav/clamd.ctl"),
        ("ESAR_COMMIT", "b943d35"),
        ("ESAR_CLAMD", "tcp:127.0.0.1:3310"),
    ],
)
def test_what_is_right_is_not_told(good: dict[str, str], name: str, text: str) -> None:
    assert codes(good | {name: text}) == []


def test_a_folder_that_others_may_read_is_told(good: dict[str, str]) -> None:
    Path(good["ESAR_VAR"]).chmod(0o755)

    assert codes(good) == ["settings.open_folder"]


def test_a_demo_needs_nothing(good: dict[str, str]) -> None:
    assert codes({"ESAR_DEMO": "1", "ESAR_VAR": good["ESAR_VAR"]}) == []


def test_everything_is_told_at_once_in_both_languages_without_a_password(
    good: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"ESAR_SECRET": "short", "ESAR_MAIL_URL": "smtp://user:hidden@mail.example"}
    answer = checked(monkeypatch, good | wrong)

    assert answer.exit_code == 2
    assert answer.output.splitlines() == [
        "ESAR_SECRET อ่อนเกินไป (5 ตัวอักษร) ต้องสุ่มมาอย่างน้อย 50 ตัวอักษร และมีตัวที่ต่างกันอย่างน้อย 10 ตัว",
        "ESAR_SECRET is too weak (5 letters): use at least 50 random ones, 10 of them different",
        "ESAR_MAIL_URL: รหัสผ่านจะไปถึง mail.example โดยไม่เข้ารหัส ใช้ smtps:// หรือ smtp+starttls://",
        "ESAR_MAIL_URL: the password would go to mail.example in the clear; use smtps:// or smtp+starttls://",
    ]


def test_good_settings_end_with_zero(good: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = checked(monkeypatch, good)

    assert (answer.exit_code, answer.output.splitlines()) == (
        0,
        ["ค่าตั้งทั้งหมดใช้ได้", "All settings are in order"],
    )


def checked(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> Any:
    import os

    for name in [name for name in os.environ if name.startswith("ESAR_")]:
        monkeypatch.delenv(name)
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    return CliRunner().invoke(main, ["check"])


def test_every_setting_that_the_code_reads_is_told_to_operators() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "esar").glob("**/*.py")]
    read = {name for text in sources for name in re.findall(READ, text)}
    guide = (ROOT / "docs" / "operators.md").read_text("utf-8")

    assert read - names() == set()
    assert {name for name in read if f"`{name}`" not in guide} == set()
