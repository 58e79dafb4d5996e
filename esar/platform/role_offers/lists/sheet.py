"""What a list of people looks like: a row for each person with the roles at one place."""

from __future__ import annotations

import csv
import io

from esar.exchange.files.listing import Line, Listing
from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused

LISTING = Listing(
    "ผู้ใช้",
    {
        "email": "อีเมล",
        "name": "ชื่อ",
        "roles": "บทบาท",
        "place": "หน่วยงานหรือคณะ",
        "position": "ตำแหน่ง",
        "seat": "ตำแหน่งในคณะ",
    },
    required=("email", "name", "roles"),
    most=500,
    no_header="people-list.no_header",
    too_many="people-list.too_many",
    also={
        "e-mail": "email",
        "ชื่อ-สกุล": "name",
        "full name": "name",
        "role": "roles",
        "หน่วยงาน": "place",
        "คณะ": "place",
        "body": "place",
        "committee": "place",
        "body or committee": "place",
    },
)
ORDER = ("name", "email", "roles", "place", "position", "seat")  # of a paste without headings
SEPARATORS = ("\t", ";", ",")


def text_of_file(data: bytes, name: str) -> str:
    """The rows of a file as text that `lines_of` reads alike, each on the line of its own number.

    Errors: Refused for a file that cannot be read whole.
    """
    reading = LISTING.read(data, name)
    if reading.problems:
        raise Refused(reading.problems)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ORDER)
    row = 1
    for line in reading.lines:
        out.write("\n" * (line.row - row - 1))
        writer.writerow([_text(line, key) for key in ORDER])
        row = line.row
    return out.getvalue()


def text_of(line: Line, key: str) -> str:
    """A cell as text in the one spelling; "" where it is blank."""
    return spelling.normal(_text(line, key))


def _text(line: Line, key: str) -> str:
    cell = line.cells.get(key, "")
    return " ".join(str(getattr(cell, "shown", None) or cell).split())


def lines_of(text: str) -> list[Line]:
    """The rows of a list as it is pasted from a sheet; headings may be left out.

    Errors: Refused where nothing is in it, or no table can be read.
    """
    rows = _rows(text)
    first = next((cells for cells in rows if cells), None)
    if first is None:
        raise Refused([Problem("people-list.none")])
    has_no_headings = any("@" in cell for cell in first)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if has_no_headings:
        writer.writerow(ORDER[: max(len(first), len(LISTING.required))])
    writer.writerows(rows)
    reading = LISTING.read(out.getvalue().encode(), "list.csv")
    if reading.problems:
        raise Refused(reading.problems)
    return [Line(line.row - has_no_headings, line.cells) for line in reading.lines]


def _rows(text: str) -> list[list[str]]:
    """The cells of each line, by the separator that stands most in the first; none of a blank."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error as error:
        raise Refused([Problem("file.bad_csv")]) from error
    return [cells if any(cell.strip() for cell in cells) else [] for cells in rows]
