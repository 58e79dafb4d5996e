"""Server time of each page with a nation's demo data in the database.

Django's test client in one process: no network, no compression. Run by `make bench`.
"""

from __future__ import annotations

import os
import tempfile
from statistics import median
from time import perf_counter

PAGES = {
    "": (
        "/", "/rules/2567/", "/agencies/", "/agencies/?q=การ", "/results/2567/12m/",
        "/results/2567/12m/?sort=name&grade=quality", "/results/2567/12m/results.csv",
        "/results/2567/12m/TH-74/", "/results/2567/12m/TH-74/explanation/", "/agencies/TH-74/",
        "/agencies/TH-74/2566/agreement/", "/calendar/2567/",
    ),
    "demo-analyst": (
        "/desk/", "/scorecards/", "/scorecards/?q=กรมการ&state=in_force&sort=-since",
        "/scorecards/{decide}/", "/scorecards/{in_force}/", "/changes/", "/committees/",
        "/committees/L2-P/", "/sittings/", "/indicators/", "/indicators/?q=ท่องเที่ยว", "/people/",
        "/people/?q=0042", "/search/?q=ท่องเที่ยว", "/notices/",
    ),
    "demo-secretary-l2p": (
        "/desk/", "/committees/L2-P/", "/scorecards/", "/sittings/{sitting}/",
    ),
    "demo-reporter": ("/desk/", "/scorecards/{own}/", "/scorecards/{own}/kpis/new/",
        "/search/?q=ร้อยละ",
   ),
}  # fmt: skip
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
    call_command("load_national")
    call_command("load_demo")
    _fill_a_sitting()
    rows = [_row(page, who) for who, pages in PAGES.items() for page in pages]
    connection.close()
    return rows


def _fill_a_sitting() -> None:
    """The largest there can be: all 76 provinces on one agenda."""
    from esar.committees import actions
    from esar.organisations.models import Committee, Person
    from esar.scorecards.models import Scorecard
    from esar.web import clock

    provinces = Scorecard.objects.filter(fiscal_year=2567, body__kind="province")
    provinces.exclude(body__code="TH-74").update(state="decide", approved_sha256="", version=0)
    provinces.filter(body__code="TH-74").update(state="decide")
    by = Person.objects.get(email="demo-secretary-l2p@example.test")
    when = {"by": by, "at": clock.now(), "on": clock.today()}
    committee = Committee.objects.get(code="L2-P")
    sitting = actions.call(committee, year=2567, held_at=clock.now(), place="–", **when)
    for card in provinces:
        actions.put_on_agenda(sitting, card, **when)
    provinces.filter(body__code="TH-74").update(state="draft")


def _filled(page: str) -> str:
    """The address with the numbers of scorecards in the states it names."""
    from esar.committees.models import Sitting
    from esar.scorecards.models import Scorecard

    year = Scorecard.objects.filter(fiscal_year=2567)
    numbers = {
        "own": year.get(body__code="TH-74").pk, "decide": year.filter(state="decide")[0].pk,
        "in_force": year.filter(state="in_force")[0].pk, "sitting": Sitting.objects.get().pk,
    }  # fmt: skip
    return page.format_map(numbers)


def _row(shown: str, who: str) -> str:
    from django.db import connection
    from django.test import Client

    from esar.organisations.models import Person

    client, page = Client(), _filled(shown)
    if who:
        client.force_login(Person.objects.get(email=f"{who}@example.test"))
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
    return f"| `{shown}` | {who or '–'} | {len(asked)} | {median(times):.1f} | {max(times):.1f} |"
