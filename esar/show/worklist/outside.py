"""What waits of results from outside: at whoever drives the bodies, once their year is over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from esar.agree.agendas.queries import duties_of
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import sentence
from esar.report.outside_results.queries import results_to_send
from esar.show.worklist.work import Work


def work_of_outside_results(person: Any, day: date) -> list[Work]:
    """The results of the year before that a person has still to send. A few queries."""
    year = books.year_of(day) - 1
    if duties_of(year) is None:
        return []
    awaited = [due for due in results_to_send(person, year, day) if due.standing == "awaited"]
    if not awaited:
        return []
    title = sentence("work.outside_of_year", year=year, count=len(awaited))
    path = f"{reverse('outside_results:results')}?year={year}&standing=awaited"
    return [Work(title, path, "work.outside_results", None, year)]
