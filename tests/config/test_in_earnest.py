"""Settings of the site as it is run in earnest, read by a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.any_database
ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("DJANGO_SETTINGS_MODULE",)
SECRET = "Zk3-" + "a-good-secret-of-the-test-" * 3


def settings_of(tmp_path: Path, *names: str, **given: str) -> dict[str, Any]:
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}, default=str))"
    )
    inherited = {
        name: text
        for name, text in os.environ.items()
        if name not in LEFT_OUT and not name.startswith("ESAR_")
    }
    completed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=inherited
        | {
            "DJANGO_SETTINGS_MODULE": "esar.config.settings",
            "ESAR_VAR": str(tmp_path),
            "ESAR_SECRET": SECRET,
        }
        | given,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(completed.stdout.splitlines()[-1]))


def test_a_site_with_a_safe_address_answers_over_a_safe_line_only(tmp_path: Path) -> None:
    names = ("SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_HSTS_SECONDS")
    names += ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG")

    assert settings_of(tmp_path, *names, ESAR_ADDRESS="https://esar.example.go.th") == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_REDIRECT_EXEMPT": ["^healthz$"],
        "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
    }
    assert settings_of(tmp_path, *names[:3], ESAR_DEMO="1") == {
        "SECURE_SSL_REDIRECT": False,
        "SECURE_REDIRECT_EXEMPT": ["^healthz$"],
        "SECURE_HSTS_SECONDS": 0,
    }


def test_the_line_to_the_database_is_as_safe_as_its_address_says(tmp_path: Path) -> None:
    url = "postgres://u:p@db.example/esar?sslmode=verify-full&sslrootcert=/etc/esar/ca.crt"
    databases = settings_of(tmp_path, "DATABASES", ESAR_DATABASE_URL=url)["DATABASES"]

    assert databases["default"]["OPTIONS"] == {
        "connect_timeout": 5,
        "sslmode": "verify-full",
        "sslrootcert": "/etc/esar/ca.crt",
    }
    assert databases["default"]["HOST"] == "db.example"


@pytest.mark.parametrize(
    ("url", "port", "is_safe_at_once", "becomes_safe"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://mail.example", 465, True, False),
        ("smtp+starttls://u:p@mail.example", 587, False, True),
    ],
)
def test_the_line_to_the_mail_server_is_as_safe_as_its_address_says(
    tmp_path: Path, url: str, port: int, is_safe_at_once: bool, becomes_safe: bool
) -> None:
    names = ("EMAIL_PORT", "EMAIL_USE_SSL", "EMAIL_USE_TLS", "EMAIL_TIMEOUT")

    assert settings_of(tmp_path, *names, ESAR_MAIL_URL=url) == {
        "EMAIL_PORT": port,
        "EMAIL_USE_SSL": is_safe_at_once,
        "EMAIL_USE_TLS": becomes_safe,
        "EMAIL_TIMEOUT": 5,
    }


def test_the_database_file_is_for_the_site_and_its_group_alone(tmp_path: Path) -> None:
    """Also in a folder that was there, whatever the process's umask is."""
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    try:
        assert settings_of(tmp_path, "DEBUG") == {"DEBUG": False}
        assert settings_of(tmp_path, "DEBUG") == {"DEBUG": False}
    finally:
        os.umask(before)

    assert [oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == ["0o640"]
