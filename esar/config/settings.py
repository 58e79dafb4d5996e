"""Settings, all from the environment: one machine by default, PostgreSQL by setting.

ESAR_DATABASE_URL  postgres://user:password@host:port/name?sslmode=verify-full (or
                   ?host=/socket/folder); else SQLite
ESAR_SITE_ROLE     the user of PostgreSQL that the site runs as when another, who migrates, owns the
                   tables: the site may then add to the history but change nothing in it
ESAR_SECRET        the signing key; required unless ESAR_DEMO
ESAR_DEMO          1: demo mode, a key is made and kept in var/
ESAR_HOSTS         comma-separated host names served (default: this machine)
ESAR_DEBUG         1: Django's own error pages; never in production
ESAR_VAR           folder for the database and collected files (default: var/)
ESAR_ADDRESS       the site's own address, for links in mail (default: http://127.0.0.1:8000)
ESAR_PROXIES       who is believed about a caller's address: addresses, networks, `unix` (a socket),
                   or how many proxies there are; commas between (default: those of this machine)
ESAR_MAIL_URL      smtp://user:password@host:port (smtps: TLS, smtp+starttls: STARTTLS); else mail
                   is printed on the worker's terminal
ESAR_MAIL_FROM     the sender of mail (default: esar@localhost)
ESAR_FILES_URL     s3://key:secret@host:port/bucket (s3s: TLS) for evidence; else ESAR_VAR/files
ESAR_CLAMD         clamd's socket (/path, or host:port): files wait until scanned; else no scan
ESAR_LOG_KEY       the file of the key that signs the history, outside the database, mode 0600
ESAR_LOG_PUBLIC_KEYS  public keys that sign or signed it, for processes without the key's file
ESAR_WITNESSES     who signs it too: https://address publickey,https://address publickey
ESAR_TIMESTAMPS    the address of a time stamp authority (RFC 3161) that stamps what was signed
ESAR_TIMESTAMP_ROOTS  the file of its root and further certificates (PEM)
ESAR_KEEP_DAYS     days that a kind is kept for: security=365,sessions=0,tasks=30,notices=730
ESAR_CONTROLLER    the data controller, as the notice on personal data names it
ESAR_PRIVACY_CONTACT  whom people ask about their personal data: an address, a number
ESAR_ACCESS_LOG    0: no line for each request on the terminal (default: 1)
ESAR_SECOND_STEP   0: nobody must sign in with a second step (default: 1, in demo mode 0)
ESAR_MOST_MEGABYTES  the largest evidence file (default: 100)
ESAR_DISK_RESERVE  megabytes of ESAR_VAR's disk that no new file takes (default: 1024; a demo: 0)
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from esar.config.check import ADDRESS, HOSTS, read_keep_days, refuse_unreadable
from esar.kernel import outgoing

refuse_unreadable(os.environ)  # whatever is read below can be

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ESAR_VAR", ROOT / "var"))
RULEBOOK = ROOT / "rulebook"
SAMPLES = ROOT / "samples"
REGISTRY = ROOT / "data" / "registry"

DEMO = os.environ.get("ESAR_DEMO") == "1"
DEBUG = os.environ.get("ESAR_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ESAR_HOSTS", HOSTS).split(",")
PROXIES = os.environ.get("ESAR_PROXIES", "unix,127.0.0.1,::1")


def _secret() -> str:
    """The key given, or in demo mode one that is made once and kept."""
    from_environment = os.environ.get("ESAR_SECRET")
    if from_environment:
        return from_environment
    file = VAR / "demo-secret"
    if not file.exists():
        VAR.mkdir(mode=0o750, parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        file.chmod(0o600)
    return file.read_text("utf-8")


SECRET_KEY = _secret()


def _database(url: str | None) -> dict[str, Any]:
    if not url:
        VAR.mkdir(mode=0o750, parents=True, exist_ok=True)
        file = VAR / "esar.sqlite3"
        if not file.exists():
            file.touch(mode=0o640)  # SQLite gives what it writes beside it the same mode
        return {
            "ENGINE": "esar.platform.history.database.sqlite3",
            "NAME": file,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was acknowledged is on the disk, also when the power goes.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    query = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
    socket = query.get("host", "")
    safety = {name: text for name, text in query.items() if name.startswith("ssl")}
    return {
        "ENGINE": "esar.platform.history.database.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": outgoing.SECONDS, **safety},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("ESAR_DATABASE_URL"))}
SITE_ROLE = os.environ.get("ESAR_SITE_ROLE", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "esar.platform.ui",
    "esar.platform.charts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "esar.platform.history",
    "esar.platform.organisations",
    "esar.platform.mail",
    "esar.platform.accounts",
    "esar.platform.notices",
    "esar.platform.security",
    "esar.platform.dual_control",
    "esar.platform.role_offers",
    "esar.platform.calendars",
    "esar.agree.indicators",
    "esar.agree.agendas",
    "esar.agree.indexes",
    "esar.agree.scorecards",
    "esar.agree.province_kpis",
    "esar.agree.library",
    "esar.agree.agreements",
    "esar.agree.kpi_definitions",
    "esar.agree.changes",
    "esar.agree.committees",
    "esar.agree.strategic_kpis",
    "esar.platform.evidence",
    "esar.report.letters",
    "esar.report.extensions",
    "esar.report.follow_ups",
    "esar.report.outside_results",
    "esar.report.self_evaluations",
    "esar.report.activity_plans",
    "esar.report.activity_plans.monthly",
    "esar.report.central_data",
    "esar.report.reports",
    "esar.judge.assessments",
    "esar.judge.results",
    "esar.judge.appeals",
    "esar.judge.early_warning",
    "esar.show.public",
    "esar.show.nation",
    "esar.show.worklist",
    "esar.show.privacy",
    "esar.operations",
    "esar.demo",
]
MIDDLEWARE = [
    "esar.platform.ui.caller.CallerMiddleware",
    "esar.platform.security.middleware.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "esar.platform.ui.private.PrivateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "esar.platform.accounts.activity.ActivityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "esar.platform.ui.language.LanguageMiddleware",
    "esar.platform.ui.year_address.YearMiddleware",
    "esar.platform.ui.limits.LimitMiddleware",
    "esar.platform.history.middleware.OriginMiddleware",
    "esar.platform.ui.clean_text.CleanTextMiddleware",
    "esar.platform.security.middleware.CarriedOutMiddleware",
    "esar.platform.organisations.middleware.DoorMiddleware",
    "esar.platform.ui.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "esar.config.urls"
WSGI_APPLICATION = "esar.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "esar" / "platform" / "accounts" / "templates"],  # before allauth's own
        "OPTIONS": {
            "loaders": [
                (
                    "esar.platform.ui.prepared.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "esar.platform.ui.language.language",
                "esar.platform.ui.year.year",
                "esar.show.worklist.context.around_every_page",
                "esar.demo.context.demo_accounts",
            ],
        },
    }
]

FORM_RENDERER = "esar.platform.ui.inputs.FormRenderer"

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["esar.platform.accounts.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "esar.platform.accounts.forms.PasswordRules"}]
_FORMS = "esar.platform.accounts.forms"
ACCOUNT_FORMS = {
    "change_password": f"{_FORMS}.ChangePassword",
    "reset_password": f"{_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKey",
    "reauthenticate": f"{_FORMS}.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.Authenticate",
    "reauthenticate": f"{_FORMS}.ReauthenticateCode",
    "activate_totp": f"{_FORMS}.ActivateTOTP",
    "generate_recovery_codes": f"{_FORMS}.GenerateRecoveryCodes",
    "add_webauthn": f"{_FORMS}.AddPasskey",
    "authenticate_webauthn": f"{_FORMS}.AuthenticatePasskey",
}
ACCOUNT_ADAPTER = "esar.platform.accounts.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by an invitation to their address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = False
# Django's own: allauth's writes an unverified address for whoever's account a reset is asked for,
# and then lets them set up no second step.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # so that the browser is one that was in before
# Limits by address would shut out all who share one; guesses are slowed by accounts/delays.py.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ("login", "login_failed", "reset_password", "reset_password_from_key"), ""
)
SECOND_STEP_DUTY = os.environ.get("ESAR_SECOND_STEP", "0" if DEMO else "1") != "0"
MFA_ADAPTER = "esar.platform.accounts.sign_in.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG  # a passkey on http://localhost
MFA_TOTP_ISSUER = "Open e-SAR"
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "worklist:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO and not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SITE_ADDRESS = os.environ.get("ESAR_ADDRESS", ADDRESS).rstrip("/")
SECURE_SSL_REDIRECT = SITE_ADDRESS.startswith("https://")
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # whoever watches the process asks it, not the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL_REDIRECT else 0
CSRF_FAILURE_VIEW = "esar.platform.ui.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(("127.", "localhost", "["))
]

CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "frame")  # frame: what stands around every page, until the next event
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_FROM_EMAIL = os.environ.get("ESAR_MAIL_FROM", "esar@localhost")


EMAIL_BACKEND = "esar.platform.mail.backend.MailThatWaits"
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
MAIL_TRANSPORT = "django.core.mail.backends.console.EmailBackend"  # by which the worker sends


def _mail(url: str | None) -> dict[str, Any]:
    if not url:
        return {}
    parts = urlsplit(url)
    return {
        "MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or MAIL_PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": outgoing.SECONDS,
    }


globals().update(_mail(os.environ.get("ESAR_MAIL_URL")))


KEEP_DAYS = read_keep_days(os.environ.get("ESAR_KEEP_DAYS", ""))
CONTROLLER = os.environ.get("ESAR_CONTROLLER", "")
PRIVACY_CONTACT = os.environ.get("ESAR_PRIVACY_CONTACT", "")
ACCESS_LOG = os.environ.get("ESAR_ACCESS_LOG", "1") != "0"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "esar.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [ROOT / "esar" / "locale"]  # the pages' Thai; their English stands in the templates
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("vendor", ROOT / "build" / "vendor")]  # copied from node_modules by make
CLAMD = os.environ.get("ESAR_CLAMD", "")
LOG_KEY = os.environ.get("ESAR_LOG_KEY", "")
LOG_PUBLIC_KEYS = os.environ.get("ESAR_LOG_PUBLIC_KEYS", "")
WITNESSES = os.environ.get("ESAR_WITNESSES", "")
STAMP_AUTHORITY = os.environ.get("ESAR_TIMESTAMPS", "")
STAMP_ROOTS = os.environ.get("ESAR_TIMESTAMP_ROOTS", "")
MAX_BYTES = int(os.environ.get("ESAR_MOST_MEGABYTES", "100")) * 1024**2
DISK_RESERVE = int(os.environ.get("ESAR_DISK_RESERVE", "0" if DEMO else "1024")) * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a list of every body's results carries a token for each
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024**2  # a part of an upload, or a large form


def _files(url: str | None) -> dict[str, Any]:
    if not url:
        options: dict[str, Any] = {"location": VAR / "files"}
        return {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    parts = urlsplit(url)
    options = {
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"http{'s' if parts.scheme == 's3s' else ''}://{parts.hostname}"
        + (f":{parts.port}" if parts.port else ""),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        # Nothing is tried again within a request: who asked is told, and may ask again.
        "client_config": Config(
            s3={"addressing_style": "path"},
            connect_timeout=outgoing.SECONDS,
            read_timeout=outgoing.SECONDS,
            retries={"total_max_attempts": 1, "mode": "standard"},
        ),
        "transfer_config": TransferConfig(num_download_attempts=1),
        "file_overwrite": True,
        "default_acl": None,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": _files(os.environ.get("ESAR_FILES_URL")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
