"""Reference pictures of every chart, and how far another picture may be from them.

`python -m tests.browser.chart_pictures` draws them anew into tests/browser/charts/: look at each
before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.axe_and_width import TURNED

ADDRESS = "/components/"
FOLDER = Path(__file__).parent / "charts"
# Wide and light, narrow and dark: every chart in both colours and at both widths.
LOOKS = ((1280, "light"), (390, "dark"))
# How much of a picture may differ: letters are smoothed a little otherwise on another machine.
TOLERANCE = 0.001
PARTS = ".chart, #bullets, #sparks"
TALLER_THAN_A_CHART = 1600
# What stands above a chart moves it by parts of a pixel, which would smooth its lines otherwise.
ON_A_WHOLE_PIXEL = """part => {
    const top = part.getBoundingClientRect().top + window.scrollY;
    part.style.position = "relative";
    part.style.top = `${Math.ceil(top) - top}px`;
}"""


def pictures(page: Any, site: str, width: int, theme: str) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of each chart, the page loaded once."""
    page.set_viewport_size({"width": width, "height": TALLER_THAN_A_CHART})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(site + ADDRESS)
    for weight in (400, 600):  # "ready" alone may come before the page asks for its font
        page.evaluate(f"document.fonts.load('{weight} 16px Sarabun', 'กa').then(() => null)")
    page.evaluate("document.querySelector('body > header').style.position = 'static'")
    page.wait_for_function(TURNED, arg=theme)
    for part in page.locator(PARTS).all():
        part.evaluate(ON_A_WHOLE_PIXEL)
        name = part.get_attribute("id")
        yield f"{name}-{width}-{theme}", part.screenshot()


def main() -> None:
    """Begin the test of the pictures, which then writes instead of comparing."""
    import subprocess
    import sys

    FOLDER.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "tests/browser/test_charts.py"]
    raise SystemExit(
        subprocess.call(
            [*command, "-k", "reference_picture"], env={**os.environ, "ESAR_DRAW_CHARTS": "1"}
        )
    )


if __name__ == "__main__":
    main()
