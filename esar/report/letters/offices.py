"""A list of offices as text → names and addresses: one office a line, pasted or from a CSV file.

The official list (ลำดับ, หัวหน้าส่วนราชการ, ผู้รับ) and one with e-mail addresses are both understood.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from esar.exchange.files.findings import Findings, refused
from esar.kernel import spelling
from esar.kernel.problems import Place

MAX_ROWS = 1000
MAX_NAME = 200
_ADDRESS = re.compile(r"[^@\s,;|]+@[^@\s,;|]+")
_ORDINAL = re.compile(r"[0-9๐-๙]{1,4}[.)]?")
_LED_BY_ORDINAL = re.compile(r"^[0-9๐-๙]{1,4}[.)]\s*")
_SEPARATORS = ("\t", ",", ";", "|")
_HEADINGS = {
    "ที่",
    "หน่วยงาน",
    "ชื่อหน่วยงาน",
    "ส่วนราชการ",
    "ชื่อส่วนราชการ",
    "สำนักงาน",
    "อีเมล์",
    "ที่อยู่อีเมล",
    "ไปรษณีย์อิเล็กทรอนิกส์",
    "number",
    "agency",
    "organisation",
    "organization",
    "recipient",
    "mail",
    "email address",
    "ลำดับ",
    "ลำดับที่",
    "หัวหน้าส่วนราชการ",
    "หัวหน้าส่วนราชการที่เกี่ยวข้อง",
    "ชื่อ",
    "ผู้รับ",
    "อีเมล",
    "no",
    "office",
    "name",
    "email",
    "e-mail",
}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, bidi overrides, zero width, unassigned


@dataclass(frozen=True)
class Office:
    """An office that has no account; `email` may be empty."""

    name: str
    email: str = ""


def read(text: str, file: str = "") -> list[Office]:
    """The offices of a list, in its order.

    Errors: Refused with every row's problems; when there is no office in it.
    """
    place, findings = Place(file=file), Findings()
    rows = _rows(text, place)
    if len(rows) > MAX_ROWS:
        raise refused("letter.too_many_offices", place, most=MAX_ROWS)
    numbered_offices = [
        (number, _office(cells, place.at(row=number), findings)) for number, cells in rows
    ]
    seen: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for number, office in numbered_offices:
        seen[spelling.key(office.name)].append(number)
        names.setdefault(spelling.key(office.name), office.name)
    for key, numbers in seen.items():
        if key and len(numbers) > 1:
            row_numbers = ", ".join(map(str, numbers))
            findings.add(
                "letter.office_twice", place.at(row=numbers[0]), name=names[key], rows=row_numbers
            )
    findings.refuse()
    if not numbered_offices:
        raise refused("letter.no_offices", place)
    return [one for _, one in numbered_offices]


def _rows(text: str, place: Place) -> list[tuple[int, list[str]]]:
    """(row, its cells) of every row that is not blank and not the heading."""
    separator = max(_SEPARATORS, key=lambda sign: _worth(text, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, raw in enumerate(reader, start=1):
            cells = [" ".join(spelling.normal(cell).split()) for cell in raw]
            is_heading = not rows and _headings(cells) > 0
            if any(cells) and not is_heading:
                rows.append((number, cells))
    except csv.Error:
        raise refused("file.bad_csv", Place(file=place.file, line=reader.line_num)) from None
    return rows


def _headings(cells: list[str]) -> int:
    """How many cells are headings, whatever the separator left around them."""
    return sum(spelling.key(cell).strip(" *:.") in _HEADINGS for cell in cells)


def _worth(text: str, separator: str) -> tuple[int, int, int]:
    """What a separator brings to light: headings, addresses that stand alone, lines it parts."""
    lines = [line for line in spelling.normal(text).splitlines() if line.strip()]
    parted = [[cell.strip(' "') for cell in line.split(separator)] for line in lines]
    addresses = sum(any(_ADDRESS.fullmatch(cell) for cell in cells) for cells in parted)
    return (
        _headings(parted[0]) if parted else 0,
        addresses,
        sum(len(cells) > 1 for cells in parted),
    )


def _office(cells: list[str], place: Place, findings: Findings) -> Office:
    """The one name and the one address of a row; an ordinal before the name is left out."""
    rest = [cell for cell in cells if cell]
    if _ORDINAL.fullmatch(rest[0]):
        rest = rest[1:]
    addresses = [cell for cell in rest if "@" in cell]
    names = [_LED_BY_ORDINAL.sub("", cell) for cell in rest if "@" not in cell]
    name, email = "".join(names[:1]), "".join(addresses[:1])
    if not name:
        findings.add("letter.office_no_name", place)
    if len(name) > MAX_NAME:
        findings.add("letter.office_too_long", place, most=MAX_NAME, found=len(name))
    if any(unicodedata.category(sign) in _UNSEEN for cell in rest for sign in cell):
        findings.add("letter.office_control", place)
    if len(names) > 1 or len(addresses) > 1:
        findings.add("letter.office_more", place, found=" | ".join(cell[:60] for cell in rest))
    if email and not _is_address(email):
        findings.add("letter.office_email", place, email=email[:80])
    return Office(name, email)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
