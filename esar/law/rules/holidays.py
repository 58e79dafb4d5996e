"""A new year's `holidays.yaml`, drafted from the `holidays` package for people to check.

The days are kept as data in the rulebook, so that a later release of the package cannot change
a year that is closed.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from esar.law.rules.years import FiscalYear

CATEGORIES = ("public", "government")


def last_known(year: FiscalYear) -> date:
    """The last day that a year's list speaks of: reports of it are received until long after it."""
    return year.last_day.replace(year=year.last_day.year + 1)


def package_days(year: FiscalYear) -> dict[date, tuple[str, str]]:
    """Day → (Thai, English) name, from the year's first day to a year after its last."""
    import holidays as package  # of every country: only where a draft is asked for

    last = last_known(year)
    years = range(year.first_day.year, last.year + 1)
    thai = package.country_holidays("TH", years=years, categories=CATEGORIES, language="th")
    english = package.country_holidays("TH", years=years, categories=CATEGORIES, language="en_US")
    inside = sorted(day for day in thai if year.first_day <= day <= last)
    return {day: (thai[day], english[day]) for day in inside}


def holidays_yaml(buddhist: int) -> str:
    """The draft, ready to be checked against the Cabinet's own lists."""
    year = FiscalYear(buddhist)
    lines = [
        f"# Drafted from the `holidays` package {version('holidays')}.",
        "# Check it against the Cabinet's own lists before it binds.",
        "holidays:",
        "  kind: holidays",
        "  label: {th: วันหยุดราชการ, en: Public holidays}",
        "  bodies: [department, province]",
        "  values:",
        f"    {year.first_day.isoformat()}:",
        f"      last: {last_known(year).isoformat()}",
        "      days:",
    ]
    for day, (thai, english) in package_days(year).items():
        lines.append(
            f'        - {{day: {day.isoformat()}, label: {{th: "{thai}", en: "{english}"}}}}'
        )
    lines.append('      cite: [{source: holidays-package, clause: "หมวด public และ government"}]')
    return "\n".join(lines) + "\n"
