"""Settings, all from the environment: one machine by default, PostgreSQL by setting.

ESAR_DATABASE_URL  postgres://user:password@host:port/name (or ?host=/socket/folder); else SQLite
ESAR_SECRET        the signing key; required unless ESAR_DEMO
ESAR_DEMO          1: demo mode, a key is made and kept in var/
ESAR_HOSTS         comma-separated host names served (default: this machine)
ESAR_DEBUG         1: Django's own error pages; never in production
ESAR_VAR           folder for the database and collected files (default: var/)
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ESAR_VAR", ROOT / "var"))
RULEBOOK = ROOT / "rulebook"
SAMPLES = ROOT / "samples"
REGISTRY = ROOT / "data" / "registry"

DEMO = os.environ.get("ESAR_DEMO") == "1"
DEBUG = os.environ.get("ESAR_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ESAR_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def _secret() -> str:
    """The key given, or in demo mode one that is made once and kept.

    Errors: ImproperlyConfigured when there is none and this is no demo.
    """
    given = os.environ.get("ESAR_SECRET")
    if given:
        return given
    if not DEMO:
        raise ImproperlyConfigured("ตั้งค่า ESAR_SECRET ก่อน / set ESAR_SECRET (or ESAR_DEMO=1)")
    kept = VAR / "demo-secret"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        kept.chmod(0o600)
    return kept.read_text("utf-8")


SECRET_KEY = _secret()


def _database(url: str | None) -> dict[str, Any]:
    if not url:
        VAR.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "esar.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(os.environ.get("ESAR_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "esar.organisations",
    "esar.results",
    "esar.publishing",
    "esar.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "esar.publishing.language.LanguageMiddleware",
]
ROOT_URLCONF = "esar.site.urls"
WSGI_APPLICATION = "esar.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "esar.publishing.language.language",
            ],
        },
    }
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("vendor", ROOT / "build" / "vendor")]  # copied from node_modules by make
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws the arrow of a select as a data image
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
