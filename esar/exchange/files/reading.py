"""`read_scorecards`: a file that somebody sent → its scorecards, or every problem in it."""

from __future__ import annotations

from pathlib import Path

from esar.exchange.files import archives, csv_text, json_form, opening, table_form
from esar.exchange.files.grid import Grid
from esar.kernel.problems import Place
from esar.law.scoring.facts import Scorecard


def read_scorecards(path: Path) -> list[Scorecard]:
    """The scorecards of a .json, .xlsx, .ods or .csv file, in its own order.

    Errors: Refused, with every problem that can be found; nothing is half read. Whether the
    scorecards obey the year's rules is for `esar.law.scoring` to say.
    """
    place = Place(file=path.name)
    data = opening.checked_bytes(path, place)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return json_form.read(opening.decoded(data, place), place, is_sent=True)
    return table_form.read(_grids(data, suffix, place), place)


def _grids(data: bytes, suffix: str, place: Place) -> list[Grid]:
    if suffix == ".csv":
        return csv_text.read(opening.decoded(data, place), place)
    with archives.opened(data, suffix, place) as archive:
        if suffix == ".ods":
            from esar.exchange.files import ods

            return ods.read(archive, place)
        from esar.exchange.files import xlsx  # openpyxl is slower to import than a file to score

        return xlsx.read(data, archive, place)
