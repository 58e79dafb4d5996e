"""Lists of recipients as people paste and upload them."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from esar.kernel.problems import Refused
from esar.report.letters.forms import OfficesForm
from esar.report.letters.offices import Office, read

SKN = Office("คลังจังหวัด", "skn@example.go.th")


@pytest.mark.parametrize(
    "text",
    [
        "ลำดับ;หน่วยงาน;อีเมล\n1;คลังจังหวัด;skn@example.go.th\n",
        "ลำดับ,ชื่อหน่วยงาน,อีเมล\n1,คลังจังหวัด,skn@example.go.th\n",
        "\ufeffที่\tส่วนราชการ\tE-mail\n๑\tคลังจังหวัด\tskn@example.go.th\n",
        "1;คลังจังหวัด;skn@example.go.th",
        "คลังจังหวัด | skn@example.go.th",
        "ล\u0e4d\u0e32ดับ;หน่วยงาน\u200b;อีเมล์\n1;คลังจังหวัด;skn@example.go.th",
        "คลังจังหวัด,skn@example.go.th,,",  # blank columns at the end
        "ลำดับ,หน่วยงาน,อีเมล\r1,คลังจังหวัด,skn@example.go.th\r",  # as old Macs end lines
        "sep=;\nหน่วยงาน;อีเมล\nคลังจังหวัด;skn@example.go.th",  # as Excel is told a separator
        "รายชื่อผู้รับหนังสือ\nลำดับ,หน่วยงาน,อีเมล\n1,คลังจังหวัด,skn@example.go.th",
        "รายชื่อผู้รับหนังสือ\nหน่วยงาน\nคลังจังหวัด <skn@example.go.th>",
        "หน่วยงาน (ภาษาไทย)\tอีเมล (ถ้ามี)\nคลังจังหวัด\tskn@example.go.th",
        "คลังจังหวัด <skn@example.go.th>",
        "คลังจังหวัด skn@example.go.th",
        "คลังจังหวัด (mailto:skn@example.go.th)",
        "• คลังจังหวัด | skn@example.go.th",
        "- คลังจังหวัด\tskn@example.go.th",
        "หน่วยงาน อีเมล\nคลังจังหวัด skn@example.go.th",
        "\ufeff\ufeffหน่วยงาน;อีเมล\n\n;;\nคลังจังหวัด;skn@example.go.th",
    ],
)
def test_the_separator_is_recognised_and_a_heading_is_no_recipient(text: str) -> None:
    assert read(text) == [SKN]


@pytest.mark.parametrize(
    "other", ["อำเภอเเม่สาย", "อ\u0e4d\u0e32เภอแม่สาย", "อำเภอ\u200bแม่สาย", "อำเภอแม\u0e48\u0e48สาย"]
)
def test_two_spellings_of_an_office_are_one(other: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(f"อำเภอแม่สาย\n{other}\n")

    assert [problem.code for problem in refusal.value.problems] == ["letter.office_twice"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\u0085", "\u2028", "\u2029"])
def test_every_line_is_an_office_however_lines_end(end: str) -> None:
    assert read(f"คลังจังหวัด{end}ที่ดินจังหวัด{end}") == [Office("คลังจังหวัด"), Office("ที่ดินจังหวัด")]


def test_numbers_of_the_lines_are_no_part_of_the_names() -> None:
    names = [Office("คลังจังหวัด"), Office("ที่ดินจังหวัด")]

    assert read("1 คลังจังหวัด\n2 ที่ดินจังหวัด") == names
    assert read("๙\u00a0คลังจังหวัด\n๑๐ ที่ดินจังหวัด") == names
    assert read("1 คลังจังหวัด") == [Office("1 คลังจังหวัด")]  # a number of its own, maybe
    assert read("7 คลังจังหวัด\n3 ที่ดินจังหวัด")[0] == Office("7 คลังจังหวัด")


@pytest.mark.parametrize("name", ["รายชื่อ.xlsx", "รายชื่อ.csv", "รายชื่อ.xls"])
@pytest.mark.parametrize("begin", [b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_a_workbook_as_the_list_is_told(name: str, begin: bytes) -> None:
    form = OfficesForm({"text": ""}, {"file": SimpleUploadedFile(name, begin + bytes(200))})

    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        form.offices()

    assert [problem.code for problem in refusal.value.problems] == ["letter.list_is_workbook"]


@pytest.mark.parametrize("pasted", ["ก", "(", "a@", "<", "1 "])
def test_a_line_without_end_is_told_at_once(pasted: str) -> None:
    """A whole document pasted as one line kept the site busy until its process was ended."""
    started = time.process_time()
    with pytest.raises(Refused) as refusal:
        read(pasted * (100_000 // len(pasted)))

    assert time.process_time() - started < 3
    assert {problem.code for problem in refusal.value.problems} <= {
        "letter.office_too_long",
        "letter.office_no_name",
        "letter.office_email",
    }
