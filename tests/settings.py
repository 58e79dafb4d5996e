"""The site's settings for tests: a demo key, and static files that need no collecting."""

import os

os.environ.setdefault("ESAR_DEMO", "1")
# Playwright's loop runs in the thread that also asks the database, which Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from esar.site.settings import *  # noqa: F403
from esar.site.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
