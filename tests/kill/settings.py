"""Settings of the programs that are killed: those of tests, but SQLite syncs as on a real site."""

import os

from esar.config import settings as of_the_site
from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"] |= of_the_site._database(os.environ.get("ESAR_DATABASE_URL"))
