"""What `esar rules check` proves of every year before a year is run by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from esar.exchange.cli.main import main
from esar.law.rules.proofs import prove_for_use
from esar.law.rules.reading import read_rulebook, years_in
from tests.law.rules.make import broken
from tests.law.scoring.make import book


@pytest.mark.parametrize("year", years_in(Path("rulebook")))
def test_every_year_is_fit_for_use(year: int) -> None:
    assert prove_for_use(book(year)) == []


@pytest.mark.parametrize(
    ("new", "code", "last"),
    [
        ("", "rules.holidays_have_no_end", "2012-01-31"),
        ("      last: 2011-12-31\n", "rules.holidays_end_early", "2012-01-31"),
        ("      last: 2012-01-30\n", "rules.holidays_end_early", "2012-01-31"),
    ],
)
def test_holidays_that_end_before_the_last_duty_are_not_fit_for_use(
    new: str, code: str, last: str, tmp_path: Path
) -> None:
    folder = broken(tmp_path, 2554, "holidays.yaml", "      last: 2012-09-30\n", new)

    problems = prove_for_use(read_rulebook(folder, 2554))

    assert [(one.code, str(one.figures["needed"])) for one in problems] == [(code, last)]
    result = CliRunner().invoke(main, ["rules", "check", "--rulebook", str(folder)])
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("year", "file", "old", "new"),
    [
        (2554, "calendar.yaml", "      last: 2012-01-31\n", "      last: 2012-10-01\n"),  # window
        (2567, "calendar.yaml", "      due: 2024-10-31\n", "      due: 2025-10-01\n"),  # deadline
        (2561, "plan.yaml", "      last: 2018-09-30\n", "      last: 2019-10-01\n"),  # duty
    ],
)
def test_every_kind_of_duty_after_the_list_of_holidays_is_noticed(
    year: int, file: str, old: str, new: str, tmp_path: Path
) -> None:
    """Each list ends on 30 September of the year after; the duty is moved to the day after it."""
    folder = broken(tmp_path, year, file, old, new)

    problems = prove_for_use(read_rulebook(folder, year))

    last, needed = date(year - 542, 9, 30), date(year - 542, 10, 1)
    assert [(one.code, one.figures["last"], one.figures["needed"]) for one in problems] == [
        ("rules.holidays_end_early", last, needed)
    ]


@pytest.mark.parametrize(("last", "codes"), [(30, ["rules.holidays_end_early"]), (31, [])])
def test_holidays_reach_31_january_although_the_last_duty_is_before(
    last: int, codes: list[str], tmp_path: Path
) -> None:
    folder = broken(tmp_path, 2567, "holidays.yaml", "last: 2025-09-30", f"last: 2025-01-{last}")

    assert [one.code for one in prove_for_use(read_rulebook(folder, 2567))] == codes


def test_holidays_that_end_on_the_last_duty_are_fit_for_use(tmp_path: Path) -> None:
    folder = broken(tmp_path, 2554, "holidays.yaml", "last: 2012-09-30", "last: 2012-01-31")

    assert prove_for_use(read_rulebook(folder, 2554)) == []


@pytest.mark.parametrize("year", years_in(Path("rulebook")))
def test_a_year_that_does_not_say_how_results_are_rounded_is_not_fit_for_use(
    year: int, tmp_path: Path
) -> None:
    """Reports of a year are worked out from months and ratios: 2554 had no such rule."""
    folder = broken(tmp_path, year, "scoring.yaml", "figure: result", "figure: kpi_points")

    problems = prove_for_use(read_rulebook(folder, year))

    assert [(one.code, one.figures["figure"]) for one in problems] == [
        ("rules.rounding_missing", "result")
    ]
