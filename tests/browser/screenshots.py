"""Pictures of the pages of a running demo site, wide and narrow, light and dark.

`python -m tests.browser.screenshots http://127.0.0.1:8000 FOLDER`
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM

PAGES = {
    "home": "/",
    "years": "/years/",
    "rules": "/rules/2561/?on=2017-11-01",
    "assumptions": "/rules/2567/assumptions/",
    "agencies": "/agencies/",
    "agency": "/agencies/TH-74/",
    "results": "/results/2567/12m/",
    "scorecard": "/results/2567/12m/TH-74/",
    "explanation": "/results/2567/12m/TH-74/explanation/",
    "nothing": "/agencies/?q=zzz",
    "missing": "/nowhere",
}
WORK = {  # demo account → its pages
    "reporter": {
        "desk": "/desk/",
        "scorecards": "/scorecards/",
        "work": "/scorecards/1/",
        "kpi": "/scorecards/1/kpis/1.1/targets/",
        "account": "/account/",
        "two-factor": "/account/2fa/",
        "password": "/account/password/change/",
        "sessions": "/account/sessions/",
    },
    "analyst": {
        "people": "/people/",
        "library": "/indicators/",
        "committee": "/committees/L2-P/",
        "search": "/search/?q=สมุทร",
    },
    "administrator": {
        "invite": "/people/invite/",
        "extend": "/calendar/2567/extend/",
        "calendar": "/calendar/2567/",
    },
}
WIDTHS = {"wide": 1280, "narrow": 360}


def main(site: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size, width in WIDTHS.items():
            for theme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": 900},
                    locale="th-TH",
                    color_scheme=theme,  # type: ignore[arg-type]
                )
                for name, path in PAGES.items():
                    page.goto(site + path)
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=folder / f"{name}-{size}-{theme}.png")
                for account, pages in WORK.items():
                    page.goto(f"{site}/account/login/")
                    offered = f'form:has(input[value="demo-{account}@example.test"]) button'
                    page.locator(offered).click()
                    for name, path in pages.items():
                        page.goto(site + path)
                        page.evaluate("document.fonts.ready")
                        page.screenshot(
                            path=folder / f"{account}-{name}-{size}-{theme}.png", full_page=True
                        )
                    page.context.clear_cookies()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
