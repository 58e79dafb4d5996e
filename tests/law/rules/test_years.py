from datetime import date

from esar.kernel.wording import thai_date
from esar.law.rules.years import FiscalYear, buddhist_year


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    year = FiscalYear(2567)

    assert (year.first_day, year.last_day) == (date(2023, 10, 1), date(2024, 9, 30))


def test_its_first_and_last_days_are_in_it_and_their_neighbours_are_not() -> None:
    year = FiscalYear(2567)
    days = [date(2023, 9, 30), date(2023, 10, 1), date(2024, 9, 30), date(2024, 10, 1)]

    assert [day in year for day in days] == [False, True, True, False]


def test_29_february_survives_the_change_of_era() -> None:
    leap_day = date(2024, 2, 29)

    assert buddhist_year(leap_day) == 2567
    assert thai_date(leap_day) == "29 กุมภาพันธ์ 2567"
