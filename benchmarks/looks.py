"""What a page weighs, how high it is and whether it moves while it comes, in a real Chromium.

`python -m benchmarks.looks http://127.0.0.1:8000` beside `make run`: each page with an empty cache,
on a desk (1280 px) and on a phone (390 px), over a line of 1.6 Mbit/s with 150 ms there and back.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.readme import put
from tests.browser.chromium import ARGUMENTS, CHROMIUM

PAGES = (  # path, demo account (none: a visitor)
    ("/", ""),
    ("/ranking/", ""),
    ("/explore/", ""),
    ("/results/2567/12m/TH-74/", ""),
    ("/compare/", ""),
    ("/rules/2567/", ""),
    ("/calendar/2567/", ""),
    ("/agencies/TH-74/", "reporter"),
    ("/desk/", "reporter"),
    ("/desk/", "analyst"),
    ("/nation/2567/", "analyst"),
    ("/scorecards/", "analyst"),
)
WIDTHS = (1280, 390)
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Seen:
    """One page in one window: bytes over the line, requests, shift, heights in pixels."""

    weight: int
    requests: int
    shift: float
    head: float
    height: int


def seen(browser: Browser, site: str, path: str, account: str, width: int) -> Seen:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="th-TH")
    page = context.new_page()
    if account:
        page.goto(f"{site}/account/login/?next=/account/")
        page.locator(f'form:has(input[value="demo-{account}@example.test"]) button').click()
        page.wait_for_url("**/account/")
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    line.send("Network.emulateNetworkConditions", SLOW)
    counted: list[int] = []

    def came(event: dict[str, Any]) -> None:
        counted.append(int(event["encodedDataLength"]))

    line.on("Network.loadingFinished", came)
    page.add_init_script(SHIFTS)
    page.goto(site + path, wait_until="networkidle")
    found = Seen(
        sum(counted),
        len(counted),
        page.evaluate("window.shifts"),
        page.locator(".site-head").bounding_box()["height"],  # type: ignore[index]
        page.evaluate("document.documentElement.scrollHeight"),
    )
    context.close()
    return found


def table(site: str) -> str:
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for path, account in PAGES:
            for width in WIDTHS:
                one = seen(browser, site, path, account, width)
                rows.append(
                    f"| `{path}` | {account or 'visitor'} | {width} | {one.weight / 1000:.0f} |"
                    f" {one.requests} | {one.shift:.3f} | {one.head:.0f} | {one.height:,} |"
                )
        browser.close()
    return "\n".join(rows)


def main(site: str) -> None:
    put(
        "## What a page weighs, and whether it moves\n\n"
        "The demo, an empty cache, 1.6 Mbit/s with 150 ms. Before (b943d35): 73–87 kB and 9–10"
        " requests a page, a shift of 0.22–0.25 on long Thai pages, a head of up to 178 px (222 on"
        " a phone).\n\n"
        "| page | who | width | kB | requests | shift | head px | height px |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n" + table(site)
    )


if __name__ == "__main__":
    main(sys.argv[1])
