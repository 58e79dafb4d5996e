"""Lists of recipients as people paste and upload them."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", ["รายชื่อ.xlsx", "รายชื่อ.csv", "รายชื่อ.xls"])
@pytest.mark.parametrize("begin", [b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_a_workbook_as_the_list_is_told(name: str, begin: bytes) -> None:
    form = OfficesForm({"text": ""}, {"file": SimpleUploadedFile(name, begin + bytes(200))})

    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        form.offices()

    assert [problem.code for problem in refusal.value.problems] == ["letter.list_is_workbook"]
