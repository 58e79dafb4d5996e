"""Pages of every day look as in their reference pictures, wide and light, narrow and dark.

A sheet that is lost, a colour or a space that is another, is seen. Where a page changed on purpose,
`ESAR_DRAW_PAGES=1 pytest tests/browser/test_page_pictures.py` draws them anew: look at each.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser

from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.reports.models import Report
from tests.browser.axe_and_width import TURNED
from tests.browser.pictures import differing, saved
from tests.browser.windows import patient
from tests.judge.results.make import released
from tests.make import World, open_sitting, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(__file__).parent / "pages"
LOOKS = ((1280, "light"), (390, "dark"))
# Letters are smoothed a little otherwise on another machine; a row more or less is far above this.
TOLERANCE = 0.005
MAY = date(2024, 5, 20)


def pages(world: World) -> dict[str, tuple[Person | None, str]]:
    """Name → who (none: a visitor) and path, in a year whose first round is released."""
    result = released(world)
    card = submitted(world, world.department)
    sitting = open_sitting(world, world.level1d, card)
    report = Report.objects.get(scorecard=result.assessment.report.scorecard, round_id="12m")  # type: ignore[union-attr]
    clock.pretend(MAY)
    return {
        "home": (None, "/"),
        "ranking": (None, "/ranking/2567/6m/province/"),
        "result": (None, "/results/2567/6m/TH-74/"),
        "explorer": (None, "/explore/2567/6m/"),
        "desk": (world.reporter, "/2567/desk/"),
        "hub": (world.reporter, "/2567/agencies/TH-74/"),
        "report": (world.reporter, f"/2567/reports/{report.pk}/"),
        "claim": (world.reporter, f"/2567/reports/{report.pk}/kpis/1.1/"),
        "scorecards": (world.analyst, "/2567/scorecards/"),
        "sitting": (world.secretaries["L1-D"], f"/2567/sittings/{sitting.pk}/"),
        "judging": (world.assessor, f"/2567/assessments/{result.assessment_id}/"),
        "nation": (world.analyst, "/nation/2567/?round=6m"),
        "administration": (world.administrator, "/2567/administration/"),
    }


def picture(
    browser: Browser, site: str, who: Person | None, path: str, width: int, theme: str
) -> bytes:
    context = patient(
        browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            locale="th-TH",
            timezone_id="Asia/Bangkok",
        )
    )
    if who is not None:
        client = Client()
        client.force_login(who)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    answer = page.goto(site + path, wait_until="networkidle")
    assert answer is not None
    assert answer.ok, path
    for weight in (400, 600):  # "ready" alone may come before the page asks for its font
        page.evaluate(f"document.fonts.load('{weight} 16px Sarabun', 'กa').then(() => null)")
    page.wait_for_function(TURNED, arg=theme)
    taken = page.screenshot(full_page=True)
    context.close()
    return taken


def test_every_page_looks_as_in_its_reference_picture(
    live_server: object, browser: Browser, world: World
) -> None:
    site, shares = str(live_server), {}
    for name, (who, path) in pages(world).items():
        for width, theme in LOOKS:
            file = FOLDER / f"{name}-{width}-{theme}.png"
            taken = picture(browser, site, who, path, width, theme)
            if "ESAR_DRAW_PAGES" in os.environ:
                saved(taken, file)
            shares[file.name] = differing(taken, file.read_bytes())

    assert {name: share for name, share in shares.items() if share > TOLERANCE} == {}
    assert set(shares) == {file.name for file in FOLDER.glob("*.png")}
