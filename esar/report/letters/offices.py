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
MAX_CELL = 600  # of a name with its address; a longer one is neither, and is not looked through
_ADDRESS = re.compile(r"[^@\s,;|]+@[^@\s,;|]+")
_ORDINAL = re.compile(r"[0-9๐-๙]{1,4}[.)]?")
_LED_BY_ORDINAL = re.compile(r"^[0-9๐-๙]{1,4}[.)]\s*")
_LINE_NUMBER = re.compile(r"([0-9]{1,4}) (?=\S)")
_BULLET = re.compile("^[-*\u2013\u2014\u2022\u00b7\u25aa\u25cb\u25cf\u25e6\uf0b7] +")
# A name and its address in one cell, as mail programs copy them: Office <office@example.go.th>
_NAMED_ADDRESS = re.compile(
    r"(?P<name>[^@]*?)[ <(\[]*(?:mailto:)?(?P<address>[^@ <>()\[\],;|:]+@[^@ <>()\[\],;|]+)[>)\]]*"
)
_SAYS_SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel reads such a first line
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_TITLE_ROWS = 3  # above a heading, at most
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
    offices = [_office(cells, place.at(row=number), findings) for number, cells in rows]
    offices = _without_line_numbers(offices)
    numbered_offices = list(zip((number for number, _ in rows), offices, strict=True))
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
    return offices


def _rows(text: str, place: Place) -> list[tuple[int, list[str]]]:
    """(row, its cells) of every row that is not blank and not the heading or a title above it."""
    text = spelling.normal(text)
    first_line = _SAYS_SEPARATOR.match(text)
    separator = (
        first_line[1] if first_line else max(_SEPARATORS, key=lambda sign: _worth(text, sign))
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, raw in enumerate(reader, start=1):
            cells = [" ".join(cell.split()) for cell in raw]
            if not any(cells) or (first_line and number == 1):
                continue
            if _is_heading(cells, rows):
                rows.clear()
            else:
                rows.append((number, cells))
    except csv.Error:
        raise refused("file.bad_csv", Place(file=place.file, line=reader.line_num)) from None
    return rows


def _is_heading(cells: list[str], above: list[tuple[int, list[str]]]) -> bool:
    """Whether a row is the heading: it has one, or nothing else where a title stands above it."""
    if not above:
        return _headings(cells) > 0
    has_address = any("@" in cell for _, row in above for cell in row)
    is_near = len(above) <= _TITLE_ROWS and not has_address
    return is_near and _headings(cells) == sum(bool(cell) for cell in cells)


def _headings(cells: list[str]) -> int:
    """How many cells are headings, whatever the separator left around them."""
    words = (_IN_BRACKETS.sub("", spelling.key(cell)) for cell in cells if len(cell) <= MAX_CELL)
    return sum(_names_columns(word.strip(" *:.")) for word in words)


def _names_columns(words: str) -> bool:
    """Whether a cell is a heading, or several with nothing but blanks between them."""
    parts = words.split()
    return words in _HEADINGS or (bool(parts) and all(part in _HEADINGS for part in parts))


def _worth(text: str, separator: str) -> tuple[int, int, int]:
    """What a separator brings to light: headings, addresses that stand alone, lines it parts."""
    lines = [line for line in text.splitlines() if line.strip()]
    parted = [[cell.strip(' "') for cell in line.split(separator)] for line in lines]
    addresses = sum(any(_ADDRESS.fullmatch(cell) for cell in cells) for cells in parted)
    return (
        max((_headings(cells) for cells in parted[: _TITLE_ROWS + 1]), default=0),
        addresses,
        sum(len(cells) > 1 for cells in parted),
    )


def _without_line_numbers(offices: list[Office]) -> list[Office]:
    """The offices without the numbers of their lines: where each name begins with the next one."""
    numbers = [_LINE_NUMBER.match(spelling.arabic(office.name)) for office in offices]
    first = int(numbers[0][1]) if numbers and numbers[0] else 0
    expected = range(first, first + len(offices))
    if len(offices) < 2 or [match and int(match[1]) for match in numbers] != list(expected):
        return offices
    ends = [match.end() for match in numbers if match]
    return [
        Office(office.name[end:], office.email) for office, end in zip(offices, ends, strict=True)
    ]


def _parted(cell: str) -> list[str]:
    """A cell without its bullet, an address that stands behind a name apart from it."""
    words = _BULLET.sub("", cell)
    match = _NAMED_ADDRESS.fullmatch(words) if len(words) <= MAX_CELL else None
    return [part for part in match.groups() if part] if match else [words]


def _office(cells: list[str], place: Place, findings: Findings) -> Office:
    """The one name and the one address of a row; an ordinal before the name is left out."""
    rest = [part for cell in cells if cell for part in _parted(cell)]
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
