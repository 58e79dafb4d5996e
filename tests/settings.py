"""The site's settings for tests: a demo key, and static files that need no collecting."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("ESAR_DEMO", "1")
if "PYTEST_XDIST_WORKER" in os.environ or "ESAR_VAR" not in os.environ:  # a folder for each process
    os.environ["ESAR_VAR"] = tempfile.mkdtemp(prefix="esar-tests-")
    atexit.register(shutil.rmtree, os.environ["ESAR_VAR"], ignore_errors=True)
# Playwright's loop runs in the thread that also asks the database, which Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from esar.config.settings import *  # noqa: F403
from esar.config.settings import DATABASES, STORAGES, VAR

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
DISK_RESERVE = 0  # the tests need little, and say themselves when a disk is full
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: nothing to protect
ACCESS_LOG = False  # the tests of it switch it on
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

if "sqlite" in DATABASES["default"]["ENGINE"]:  # a file, so that threads share it
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    # What a test commits need not outlive a power cut; where it must: tests/kill/settings.py.
    options = DATABASES["default"]["OPTIONS"]
    unsynced = f"{options['init_command']} PRAGMA synchronous=OFF;"
    DATABASES["default"]["OPTIONS"] = options | {"init_command": unsynced}
elif template := os.environ.get("ESAR_TEST_TEMPLATE"):  # tests/postgres.py has migrated it
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}
