"""A national year, 230 bodies × 12 KPIs: exact decimals beside plain floats and LibreOffice.

`make bench` runs it and writes the figures to benchmarks/README.md. Ratios of one run are what
to quote; the seconds belong to the machine they were taken on.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median

from openpyxl import Workbook

from benchmarks.pages import page_table
from benchmarks.readme import put
from esar.exchange.files.results import write_results
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.facts import Given, Kpi, Measured, Scorecard
from esar.law.scoring.scorecard import Score, score
from esar.law.scoring.wire import score_as_json

BODIES, PERFORMANCE_KPIS, RUNS = 230, 10, 5
HERE = Path(__file__).parent
BOOK = read_rulebook(HERE.parent / "rulebook", 2567)


def national_year() -> list[Scorecard]:
    random = Random(2567)
    return [_card(number, random) for number in range(BODIES)]


def _card(number: int, random: Random) -> Scorecard:
    kpis = []
    for index in range(PERFORMANCE_KPIS):
        low = Decimal(random.randint(1000, 90000)).scaleb(-2)
        step = Decimal(random.randint(10, 900)).scaleb(-2)
        actual = low + step * random.randint(-50, 250) / 100
        targets = (low, low + step, low + 2 * step)
        result = Measured("higher", targets, actual.quantize(Decimal("0.01")))
        kpis.append(Kpi(f"1.{index + 1}", "performance", Decimal(7), result))
    kpis.append(
        Kpi("2.1", "digital", Decimal(20), Given(Decimal(random.randint(0, 10000)).scaleb(-2)))
    )
    kpis.append(
        Kpi("2.2", "pmqa", Decimal(10), Given(Decimal(random.randint(0, 10000)).scaleb(-2)))
    )
    return Scorecard(2567, "department", f"body {number}", "12m", tuple(kpis))


def in_decimals(cards: list[Scorecard]) -> list[Score]:
    return [score(card, BOOK) for card in cards]


def explained(cards: list[Scorecard]) -> list[dict[str, object]]:
    return [score_as_json(score(card, BOOK)) for card in cards]


Row = tuple[float, list[float] | None, float]


def as_floats(cards: list[Scorecard]) -> list[list[Row]]:
    """The same facts as bare floats: (weight, targets or None, value)."""
    rows = []
    for card in cards:
        row: list[Row] = []
        for kpi in card.kpis:
            weight = float(kpi.weight or 0)
            match kpi.result:
                case Measured(targets=targets, actual=actual):
                    row.append((weight, [float(t) for t in targets], float(actual or 0)))
                case Given(score=given):
                    row.append((weight, None, float(given or 0)))
        rows.append(row)
    return rows


def in_floats(rows: list[list[Row]]) -> list[tuple[float, str]]:
    """What a script of ten lines would do: no rounding rule, no steps, no clause."""
    answers = []
    for row in rows:
        total = 0.0
        for weight, targets, value in row:
            if targets is None:
                points = value
            elif value < targets[0]:
                points = 0.0
            elif value >= targets[2]:
                points = 100.0
            elif value < targets[1]:
                points = 50 + 25 * (value - targets[0]) / (targets[1] - targets[0])
            else:
                points = 75 + 25 * (value - targets[1]) / (targets[2] - targets[1])
            total += points * weight / 100
        total = round(total, 2)
        grade = "a" if total >= 90 else "b" if total >= 75 else "c" if total >= 60 else "d"
        answers.append((total, grade))
    return answers


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def libreoffice(workbook: Path, folder: Path) -> None:
    """Load, recalculate every formula (none is stored), save."""
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
        str(workbook),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def in_libreoffice(scores: list[Score]) -> tuple[float, float]:
    """Seconds for the national workbook, and for an empty one (starting and saving alone)."""
    folder = Path(tempfile.mkdtemp())
    try:
        full, empty = folder / "full.xlsx", folder / "empty.xlsx"
        write_results(scores, full)
        Workbook().save(empty)
        return (
            seconds(lambda: libreoffice(full, folder), runs=3),
            seconds(lambda: libreoffice(empty, folder), runs=3),
        )
    finally:
        shutil.rmtree(folder)


def main() -> None:
    cards = national_year()
    results = sum(len(card.kpis) for card in cards)
    rows = as_floats(cards)
    exact = seconds(lambda: in_decimals(cards))
    full = seconds(lambda: explained(cards))
    floats = seconds(lambda: in_floats(rows))
    office, start = in_libreoffice(in_decimals(cards))
    different = sum(
        f"{one.total:f}" != f"{total:.2f}"
        for one, (total, _) in zip(in_decimals(cards), in_floats(rows), strict=True)
    )
    table = [
        ("exact decimals, every step kept", exact),
        ("the same, written out in Thai and English (JSON)", full),
        ("a plain float loop: no steps, no rounding rule", floats),
        ("LibreOffice recalculating the same workbook", office),
        ("LibreOffice, less the time it needs for an empty workbook", office - start),
    ]
    text = report(table, results, exact, different) + pages()
    put(text)
    print(text)


def pages() -> str:
    lines = [
        "## Pages",
        "",
        "Server time in SQLite with a nation's demo data (`manage.py load_national`): 230 bodies, "
        "2,000 people, 3,000 indicators, this year's scorecards and ten past years' (2,530 "
        "scorecards, 33,000 KPIs, 2,300 released results, 360,000 months); pages of reporting "
        "with every body's 6-month report sent in. The limit we set is 300 ms; CI counts queries.",
        "",
        "| page | as | queries | median ms | slowest ms | first ms |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        *page_table(),
        "",
    ]
    return "\n".join(lines)


def report(table: list[tuple[str, float]], results: int, exact: float, different: int) -> str:
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; change `benchmarks/national.py`, not this file.",
        "",
        f"A national year: {BODIES} bodies × {results // BODIES} KPIs = {results:,} KPI results, "
        "fiscal year 2567, one process.",
        f"Taken {datetime.now(UTC).date().isoformat()} on Python {platform.python_version()}, "
        f"{platform.machine()}; medians of {RUNS} runs (LibreOffice: 3). Quote the ratios.",
        "",
        "| way | seconds | KPI results a second | time, exact decimals = 1 |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, taken in table:
        lines.append(f"| {name} | {taken:.4f} | {results / taken:,.0f} | {taken / exact:.3f} |")
    lines += [
        "",
        f"Totals on which the float loop and the exact score differ in the printed two decimals: "
        f"{different} of {BODIES}. The float loop rounds nothing on the way and follows no stated "
        "rule.",
        "",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
