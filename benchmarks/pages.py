"""Server time of each page with a nation's demo data in the database.

Django's test client in one process: no network, no compression. Run by `make bench`. The pages of
the negotiation are measured in October, with scorecards in all states; those of reporting on the
last day of April, with every body's scorecard in force and its 6-month report sent in.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.sent_in import send_in

PAGES = {
    "": (
        "/",
        "/departments/",
        "/ranking/2567/12m/province/",
        "/ranking/2567/12m/department/",
        "/ranking/2567/12m/department/?ministry=MOF&sort=-total",
        "/ranking/2567/12m/department/ranking.csv",
        "/ranking/2567/12m/department/components.csv",
        "/explore/2567/12m/",
        "/explore/2567/12m/?q=ร้อยละ&kind=province&sort=reached_share",
        "/explore/2567/12m/kpis.csv",
        "/compare/2567/12m/TH-74+TH-72+TH-70/",
        "/rules/2567/",
        "/agencies/",
        "/agencies/?q=การ",
        "/results/2567/12m/",
        "/results/2567/12m/?sort=name&grade=quality",
        "/results/2567/12m/results.csv",
        "/results/2567/12m/TH-74/",
        "/results/2567/12m/TH-74/explanation/",
        "/agencies/TH-74/",
        "/agencies/TH-74/2566/agreement/",
        "/calendar/2567/",
        "/years/2561/",
        "/agencies/TH-50/history/",
        "/agencies/TH-73/2554/agreement/",
        "/rules/2554/late/",
    ),
    "demo-analyst": (
        "/desk/",
        "/scorecards/",
        "/scorecards/?q=กรมการ&state=in_force&sort=-since",
        "/scorecards/{decide}/",
        "/scorecards/{in_force}/",
        "/changes/",
        "/committees/",
        "/committees/L2-P/",
        "/sittings/",
        "/indicators/",
        "/indicators/?q=ท่องเที่ยว",
        "/people/",
        "/people/?q=0042",
        "/search/?q=ท่องเที่ยว",
        "/notices/",
        "/plans/?year=2561",
        "/plans/{plan}/",
        "/plans/{plan}/months/",
        "/plans/{plan}/score/",
        "/plan-summary/2561/2/",
        "/letters/",
        "/kpi-templates/?year=2554",
        "/visits/?year=2554",
    ),
    "demo-secretary-l2p": (
        "/desk/",
        "/committees/L2-P/",
        "/scorecards/",
        "/sittings/{sitting}/",
    ),
    "demo-reporter": (
        "/desk/",
        "/scorecards/{own}/",
        "/scorecards/{own}/kpis/new/",
        "/search/?q=ร้อยละ",
    ),
}
LATER = {
    "": (
        "/results/2566/12m/",
        "/results/2566/12m/TH-74/",
        "/results/2567/12m/overview/",
        "/results/2567/12m/TH-74/compare/",
        "/results/2567/12m/summary/",
        "/agencies/TH-74/history/",
        "/agendas/2567/",
        "/agendas/2567/tourism/",
        "/agendas/2568/",
        "/sub-indicators/",
        "/sub-indicators/sub-indicators.csv",
        "/sub-indicators/{sub}/",
        "/joint-kpis/",
        "/strategic/{strategic}/",
        "/portfolios/",
        "/years/2567/",
        "/years/2567/tables/",
        *(f"/years/2567/tables/T{number}/" for number in range(1, 12)),
        *(f"/years/2567/tables/Q{number}/" for number in range(1, 4)),
        "/years/2567/tables/figures/",
        "/years/2567/tables/figures.csv",
        "/years/2567/tables/T1.csv",
    ),
    "demo-analyst": (
        "/desk/",
        "/strategic/",
        "/strategic/list.csv",
        "/strategic/hosts/MOC/",
        "/strategic/board/",
        "/strategic/results/",
        "/agenda-board/",
        "/follow-ups/",
        "/additions/",
        "/outside-results/",
        "/self-evaluations/",
        "/indexes/",
        "/province-kpis/",
        "/province-kpis/?item=e1",
        "/kpis/",
        "/ministers/",
        "/ministers/MOI/2567/",
        "/ministers/MOI/2567/kpis/",
        "/ministers/PMO/2567/",
        "/reports/",
        "/reports/?q=กรม&state=submitted&sort=body",
        "/reports/reports.csv",
        "/reports/{report}/",
        "/reports/{report}/kpis/1.1/",
        "/reports/{report}/card/",
        "/reports/{report}/versions/1/",
        "/assessments/",
        "/assessments/assessments.csv",
        "/assessments/{assessment}/",
        "/assessments/sampling/2567/6m/",
        "/warnings/",
        "/warnings/?q=กรม&sort=-miss",
        "/warnings/warnings.csv",
        "/warnings/outlook/2567/",
        "/warnings/{warning}/",
        "/central/",
        "/central/values.csv",
        "/release/",
        "/linkage/2567/1/",
    ),
    "demo-assessor": ("/desk/", "/assessments/", "/assessments/{assessment}/"),
    "demo-owner": (
        "/desk/",
        "/central/sets/",
        "/central/sets/2567/12m/central-data.digital/",
    ),
    "demo-reporter": (
        "/desk/",
        "/reports/",
        "/reports/{own_report}/",
        "/reports/{own_report}/kpis/1.1/",
        "/warnings/",
        "/central/",
    ),
}
RUNS = 20
EVENING = date(2024, 4, 30)


def page_table() -> list[str]:
    """Markdown rows: page, queries, median and slowest milliseconds, first call left out."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ESAR_VAR": folder, "ESAR_DEMO": "1", "ESAR_HOSTS": "testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "esar.config.settings"
        return _measure()


def _measure() -> list[str]:
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    from django.db import connection

    from esar.platform.ui import clock

    _nation(in_force=False)
    _fill_a_sitting()
    _plan_everywhere()
    rows = [_row(page, who) for who, pages in PAGES.items() for page in pages]
    connection.close()
    Path(settings.DATABASES["default"]["NAME"]).unlink()
    _nation(in_force=True)
    clock.pretend(EVENING)
    send_in(at=clock.now(), on=EVENING)
    rows += [_row(page, who) for who, pages in LATER.items() for page in pages]
    connection.close()
    return rows


def _nation(*, in_force: bool) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from esar.demo.letters import make_demo_letters
    from esar.demo.past import make_demo_past
    from esar.demo.year import DAY
    from esar.judge.results.actions import load_results
    from esar.platform.ui import clock

    call_command("migrate", verbosity=0)
    call_command("load_registry")
    sample = settings.SAMPLES / "national-2567-demo.json"
    load_results(sample, settings.RULEBOOK, at=timezone.now(), progress=lambda *_: None)
    call_command("load_national", in_force=in_force, day=DAY)
    if not in_force:
        make_demo_past()
        make_demo_letters(at=clock.now())


def _fill_a_sitting() -> None:
    """The largest there can be: all 76 provinces on one agenda."""
    from esar.agree.committees import actions
    from esar.agree.scorecards.models import Scorecard
    from esar.platform.organisations.models import Committee, Person
    from esar.platform.ui import clock

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


def _plan_everywhere() -> None:
    """A plan of activities of 2561 in force at every province."""
    from datetime import UTC, datetime

    from esar.demo.past import PLAN_SENT, PLAN_YEAR, sample_plan
    from esar.kernel.chain import digest
    from esar.platform.organisations.models import Body, Person
    from esar.report.activity_plans.models import Plan, PlanVersion

    held, by = sample_plan(), Person.objects.get(email="demo-approver-73@example.test")
    at = datetime(2017, 10, 16, 3, 0, tzinfo=UTC)
    without = Body.objects.filter(kind="province").exclude(
        pk__in=Plan.objects.filter(fiscal_year=PLAN_YEAR).values("body")
    )
    for body in without:
        plan = Plan.objects.create(
            body=body,
            fiscal_year=PLAN_YEAR,
            state="submitted",
            since=at,
            content=held,
            version=1,
            received_on=PLAN_SENT,
            due_on=PLAN_SENT,
            rules_of=PLAN_SENT,
            is_demo=True,
        )
        PlanVersion.objects.create(
            plan=plan,
            number=1,
            content=held,
            sha256=digest(held),
            rules_of=PLAN_SENT,
            by=by,
            at=at,
        )


def _filled(page: str) -> str:
    """The address with the numbers of what it names."""
    from esar.agree.agendas.models import SubIndicator
    from esar.agree.committees.models import Sitting
    from esar.agree.scorecards.models import Scorecard
    from esar.agree.strategic_kpis.models import StrategicKpi
    from esar.judge.assessments.models import Assessment
    from esar.judge.early_warning.models import EarlyWarning
    from esar.report.activity_plans.models import Plan
    from esar.report.reports.models import Report

    year = Scorecard.objects.filter(fiscal_year=2567)
    found = {
        "own": year.filter(body__code="TH-74"),
        "decide": year.filter(state="decide"),
        "in_force": year.filter(state="in_force"),
        "sitting": Sitting.objects.all(),
        "report": Report.objects.filter(state="submitted"),
        "own_report": Report.objects.filter(scorecard__body__code="TH-74", round_id="6m"),
        "plan": Plan.objects.filter(body__code="TH-73"),
        "assessment": Assessment.objects.all(),
        "warning": EarlyWarning.objects.all(),
        "sub": SubIndicator.objects.filter(name__contains="จังหวัด").order_by("pk"),
        "strategic": StrategicKpi.objects.filter(decisions__cascaded=True).order_by("pk"),
    }
    named: Any = {name: one.first().pk for name, one in found.items() if f"{{{name}}}" in page}
    return page.format_map(named)


def _row(shown: str, who: str) -> str:
    from django.db import connection
    from django.test import Client

    from esar.platform.organisations.models import Person

    client, page = Client(), _filled(shown)
    if who:
        client.force_login(Person.objects.get(email=f"{who}@example.test"))
    start = perf_counter()
    client.get(page)  # reads what is kept in memory from then on
    first = (perf_counter() - start) * 1000
    asked: list[str] = []

    def count(execute, sql, *rest):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(page)
    assert answer.status_code == 200, (page, who, answer.status_code)
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(page)
        times.append((perf_counter() - start) * 1000)
    figures = f"{median(times):.1f} | {max(times):.1f} | {first:.0f}"
    return f"| `{shown}` | {who or '–'} | {len(asked)} | {figures} |"
