"""The dictionary's order and the form of a search."""

from __future__ import annotations

import re

import pytest

from esar.kernel.alphabet import search_form, search_pattern, search_words, sort_key


@pytest.mark.parametrize(
    "in_order",
    [
        # leading vowels after their consonant: ชม. is before ชร., พช. before พย.
        ["กระบี่", "ขอนแก่น", "เชียงราย", "เชียงใหม่", "เพชรบุรี", "แม่ฮ่องสอน", "ยโสธร", "อ่างทอง"],
        # the Royal Institute's examples of its own order
        ["กก", "กกุธภัณฑ์", "กฎ", "กรด", "กะ", "กา", "กี่", "กุ", "เก", "แก", "โก", "ใกล้", "ไก่"],
        # tones decide last, in their order
        ["กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "กาก"],
        ["ขาว", "ข่าว", "ข้าว", "ขาวสะอาด"],
        ["1", "2", "A", "b", "ก"],
        ["ปาน", "ป่าน", "ป้าน", "ปานกลาง"],
        ["กรมที่ดิน", "กรมธนารักษ์", "กรมประมง", "กรมพลศึกษา", "กรมแพทย์", "กรมวิชาการ"],
        ["ทวีป", "เทศ", "แทรก", "โทษ", "ไทย", "ธง"],
        ["ข้อ 2", "ข้อ ๓", "ข้อ 9", "ข้อก"],
    ],
)
def test_names_stand_as_in_the_dictionary(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=sort_key) == in_order


def test_a_key_is_of_letters_that_every_database_sorts_alike() -> None:
    assert set(sort_key("กระทรวงดิจิทัล (MDES) ๒๕๖๗ ฯลฯ")) <= set("abcdefghijklmnop")


def test_what_is_spelt_alike_stands_in_one_place() -> None:
    assert sort_key("ลําพูน") == sort_key("ลำพูน")
    assert sort_key("เเพร่") == sort_key("แพร่")


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("ลําพูน", "จังหวัดลำพูน"),
        ("กําแพงเพชร", "จังหวัดกำแพงเพชร"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("เเม่ฮ่องสอน", "จังหวัดแม่ฮ่องสอน"),
        ("กำเเพงเพชร", "จังหวัดกำแพงเพชร"),
        ("สมุทร\u200bสาคร", "จังหวัดสมุทรสาคร"),
        ("จ.ลำพูน", "จังหวัดลำพูน"),
        ("จ. ลำพูน", "จังหวัดลำพูน"),
        ("แมฮ่องสอน", "จังหวัดแม่ฮ่องสอน"),
        ("เเมฮองสอน", "จังหวัดแม่ฮ่องสอน"),
        ("สนง.ปลัดกระทรวงการคลัง", "สำนักงานปลัดกระทรวงการคลัง"),
        ("๑.๑", "1.1"),
        ("KRABI", "Krabi"),
        ("จ.  ลำพูน", "จังหวัดลำพูน"),
        ("จังหวัด\u00a0 ลำพูน", "จังหวัดลำพูน"),
        ("จว.ลำพูน", "จังหวัดลำพูน"),
        ("จ\uff0eลำพูน", "จังหวัดลำพูน"),
        ("จ.อยุธยา", "จังหวัดพระนครศรีอยุธยา"),
        ("ก.คลัง", "กระทรวงการคลัง"),
        ("“ลำพูน”", "จังหวัดลำพูน"),
        ("(ลำพูน),", "จังหวัดลำพูน"),
        ("แม้ฮ้องสอน", "จังหวัดแม่ฮ่องสอน"),
        ("แม\u0e48\u200dฮอ\u0e48ง\u00adสอน\ufe0f", "จังหวัดแม่ฮ่องสอน"),
        ("ล\u0e33\u0e4cพ\u0e39น", "จังหวัดลำพูน"),
        ("แม่ ฮ่องสอน", "จังหวัดแม่ฮ่องสอน"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, registered: str) -> None:
    assert all(word in search_form(registered) for word in search_words(typed))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.1", ["1.1"]),
        ("ก.พ.ร.", ["ก.พ.ร."]),
        ("ก.พ.", ["ก.พ."]),
        ("สนง.ก.พ.ร.", ["สำนักงาน", "ก.พ.ร."]),
        ("จ.", ["จังหวัด"]),
        ("จันทบุรี", ["จันทบุรี"]),
        ("(1)", ["1"]),
        ("...", ["..."]),
        ("th-51", ["th-51"]),
        ("", []),
    ],
)
def test_short_forms_are_written_out_and_brackets_left_out(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ทองเทียว", "ส่งเสริมการท่องเที่ยว"),
        ("น้ำ", "คุณภาพน้ํา"),
        ("นา", "นํา้"),
        ("เเม่ฮ่องสอน", "แม่ฮ่องสอน"),
        ("แมฮองสอน", "เเม่ฮ่องสอน"),
        ("1.1", "๑.๑"),
        ("๑.๑", "1.1"),
        ("opdc", "OPDC"),
        ("ก(ข", "ก(ข)"),
    ],
)
def test_the_pattern_of_a_word_finds_it_however_it_is_kept(typed: str, kept: str) -> None:
    (word,) = search_words(typed)

    found = re.search(search_pattern(word), kept, re.IGNORECASE) is not None

    assert found == (typed != "นา")  # ํ and า are ำ, not า


def test_a_point_in_a_search_is_a_point() -> None:
    (word,) = search_words("1.1")

    assert re.search(search_pattern(word), "121") is None
