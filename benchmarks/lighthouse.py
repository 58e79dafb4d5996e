"""What Lighthouse says of the pages of `looks`, as a phone and as a desk.

`python -m benchmarks.lighthouse http://127.0.0.1:8000` beside `make run`. Lighthouse is fetched by
npx and is no dependency of ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.looks import PAGES
from benchmarks.readme import put
from tests.browser.chromium import ARGUMENTS, CHROMIUM

LIGHTHOUSE = ("npx", "--yes", "lighthouse@12.8.2")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = {"phone": (), "desk": ("--preset=desktop",)}
FAILS_BELOW = 0.9


def session_of(browser: Browser, site: str, account: str) -> str:
    """The cookies of a demo account, signed in; of a visitor none."""
    if not account:
        return ""
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    page.goto(f"{site}/account/login/?next=/account/")
    page.locator(f'form:has(input[value="demo-{account}@example.test"]) button').click()
    page.wait_for_url("**/account/")
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())
    context.close()
    return cookies


def report_of(address: str, cookies: str, flags: tuple[str, ...]) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [*LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
        command += ["--chrome-flags=--no-sandbox --headless", *flags]
        if cookies:
            headers = Path(folder, "headers.json")
            headers.write_text(json.dumps({"Cookie": cookies}), "utf-8")
            command.append(f"--extra-headers={headers}")
        environment = os.environ | {"CHROME_PATH": CHROMIUM}
        subprocess.run(command, check=True, env=environment, capture_output=True)
        parsed: dict[str, Any] = json.loads(report.read_text("utf-8"))
        return parsed


def row_of(path: str, account: str, window: str, report: dict[str, Any]) -> str:
    """The scores of a page, and which audits it fails."""
    scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]
    weighed = {
        audit["id"]
        for name in CATEGORIES
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"]
    }
    failed = [
        name
        for name, audit in report["audits"].items()
        if name in weighed and (audit["score"] or 0) < FAILS_BELOW and audit["score"] is not None
    ]
    cells = " | ".join(f"{score}" for score in scores)
    return f"| `{path}` | {account or 'visitor'} | {window} | {cells} | {', '.join(failed)} |"


def table(site: str) -> str:
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        cookies = {account: session_of(browser, site, account) for _path, account in PAGES}
        browser.close()
    for path, account in PAGES:
        for window, flags in FLAGS.items():
            rows.append(
                row_of(path, account, window, report_of(site + path, cookies[account], flags))
            )
            print(rows[-1], flush=True)
    return "\n".join(rows)


def main(site: str) -> None:
    put(
        "## Lighthouse\n\n"
        "The demo on this machine; before (b943d35): 76–100, SEO 90.\n\n"
        f"| page | who | as a | {' | '.join(CATEGORIES)} | what fails |\n"
        "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n" + table(site)
    )


if __name__ == "__main__":
    main(sys.argv[1])
