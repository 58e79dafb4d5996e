"""Server time of each public page with the demo year of 230 bodies in the database.

Django's test client in one process: no network, no compression. Run by `make bench`.
"""

from __future__ import annotations

import os
import tempfile
from statistics import median
from time import perf_counter

PAGES = (
    "/", "/rules/2567/", "/agencies/", "/agencies/?q=การ", "/results/2567/12m/",
    "/results/2567/12m/?sort=name&grade=quality", "/results/2567/12m/results.csv",
    "/results/2567/12m/TH-74/", "/results/2567/12m/TH-74/explanation/",
)  # fmt: skip
RUNS = 20


def page_table() -> list[str]:
    """Markdown rows: page, queries, median and slowest milliseconds, first call left out."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ESAR_VAR": folder, "ESAR_DEMO": "1", "ESAR_HOSTS": "testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "esar.site.settings"
        return _measure()


def _measure() -> list[str]:
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_demo")
    rows = [_row(page) for page in PAGES]
    connection.close()
    return rows


def _row(page: str) -> str:
    from django.db import connection
    from django.test import Client

    client = Client()
    client.get(page)  # opens the connection and reads the rulebook
    asked: list[str] = []

    def count(execute, sql, *rest):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert client.get(page).status_code == 200
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(page)
        times.append((perf_counter() - start) * 1000)
    return f"| `{page}` | {len(asked)} | {median(times):.1f} | {max(times):.1f} |"
