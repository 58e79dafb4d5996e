"""What looks alike is spelt alike."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.kernel import spelling

SARA_AM = "ำ"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("น\u0e4d\u0e32หนัก", f"น{SARA_AM}หนัก"),
        ("น\u0e49\u0e4d\u0e32", f"น\u0e49{SARA_AM}"),  # tone, then the ring
        ("น\u0e4d\u0e49\u0e32", f"น\u0e49{SARA_AM}"),  # the ring, then the tone
        (f"น{SARA_AM}\u0e49", f"น\u0e49{SARA_AM}"),  # the tone after all
        ("\u0e40\u0e40ม่", "\u0e41ม่"),
        ("ที\u0e48", "ที\u0e48"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),  # tone before a vowel above
        ("ผ\u0e39\u0e49", "ผ\u0e39\u0e49"),
        ("ผ\u0e49\u0e39", "ผ\u0e39\u0e49"),  # tone before a vowel below
        ("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c"),
        ("ที\u0e48\u0e48", "ที\u0e48"),  # a tone typed twice is seen once
        ("ผล\u200bการ\u2060ดำเนิน\u00adงาน\ufeff", "ผลการดำเนินงาน"),
        ("1.\u00a01\u2003x\u202f", "1. 1 x "),
        ("ป\uf70aา", "ป\u0e48า"),  # an old font's letter, copied from PDF
        ("é".replace("é", "e\u0301"), "é"),
        ("ก\r\nข\rค\u2028ง", "ก\nข\nค\nง"),
        ("a\r\nb", "a\nb"),
        ("น\u200cํ\u200dา\u0e49", "น\u0e49ำ"),
        ("เ\u200bเม\ufe0fล์", "แมล์"),
        ("\u200fผล\u061c\u2067งาน\u2069", "ผลงาน"),
        ("ส\u0e38\u0e48\u200c\u0e38ข", "ส\u0e38\u0e48ข"),
        ("ก\u180eข\u3164ค\u034f", "กขค"),
        ("ก\u3000ข\u1680ค\u205f", "ก ข ค "),
        ("ผล\x0bงาน\x0cปี", "ผล\nงาน\nปี"),  # Word's own line and page ends
        ("a\x0bb", "a\nb"),
        ("ผล\x07งา\x7fน\x1b\x9b", "ผลงาน"),
        ("a\x07b\tc\nd\x7f", "ab\tc\nd"),
        ("ผ\x00ล\ud800ง\uffffา\ufdd0น\U0001fffe", "ผลงาน"),  # no letters: nothing can hold them
        ("๑๒", "๑๒"),
        ("", ""),
    ],
)
def test_text_has_one_normal_form(typed: str, normal: str) -> None:
    assert spelling.normal(typed) == normal


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" ค่า  เป้าหมาย\n", "ค่า เป้าหมาย"),
        ("KPI\u00a0๑", "kpi 1"),
        ("ＫＰＩ １", "kpi 1"),
        ("น\u0e4d\u0e32หนัก", f"น{SARA_AM}หนัก"),
        ("ระดับ ๑\u200b", "ระดับ 1"),
        ("ＯＰＤＣ（ไทย）", "opdc(ไทย)"),
        ("\u200fกรม\u00ad\u2009 ประมง\ufe0e", "กรม ประมง"),
    ],
)
def test_names_are_compared_by_one_key(typed: str, key: str) -> None:
    assert spelling.key(typed) == key


@pytest.mark.parametrize("typed", ["1.1", "๑.๑", "1.\u00a01", " ๑. ๑ ", "1.1\u200b", "1.\u20601"])
def test_codes_that_look_alike_are_one(typed: str) -> None:
    assert spelling.code(typed) == "1.1"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("๑.๑", "1.1"),
        ("1.\u00a01", "1.1"),
        ("1 . 1", "1.1"),
        (" KPI  ๑ ", "KPI 1"),
        ("4.2 ก. ข", "4.2 ก. ข"),
        ("01.7", "1.7"),
        ("๑.๐๗", "1.7"),
        ("1.007.01", "1.7.1"),
        ("1.10", "1.10"),
        ("0.1", "0.1"),
        ("00.0", "0.0"),
        ("KPI 01", "KPI 01"),
    ],
)
def test_the_number_of_a_kpi_is_spelt_in_one_way(typed: str, number: str) -> None:
    assert spelling.number(typed) == number


def test_a_code_keeps_its_case() -> None:
    assert spelling.code(" KPI-๑a ") == "KPI-1a"


@given(st.text(alphabet=st.sampled_from("กนเแาะำัิีฺุู็่้๊๋์ํ๎๑1 .\u200b\u00a0\r\n"), max_size=12))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    normal = spelling.normal(text)
    assert spelling.normal(normal) == normal
    assert unicodedata.normalize("NFC", normal) == normal


@given(st.text(max_size=12))
def test_any_text_has_a_stable_key(text: str) -> None:
    key = spelling.key(text)
    assert spelling.key(key) == key


# Names of files have a form of their own, and the rulebook's words are ours.
OTHER_FORMS = {"esar/exchange/inspection/names.py", "esar/law/rules/nodes.py"}


def test_no_other_module_has_a_normal_form_of_its_own() -> None:
    modules = {str(path) for path in Path("esar").rglob("*.py")}
    normalising = {path for path in modules if "unicodedata.normalize(" in Path(path).read_text()}
    assert normalising - OTHER_FORMS == {"esar/kernel/spelling.py"}


@pytest.mark.parametrize("typed", ["1.1", "๑.๑", "１．１", "１. 1", "1\u200b.1"])
def test_the_number_of_a_kpi_has_one_spelling(typed: str) -> None:
    assert (spelling.number(typed), spelling.code(typed)) == ("1.1", "1.1")


@pytest.mark.parametrize("typed", ["TH-74", "th-74", "ｔｈ－๗๔", "TH - 74"])
def test_a_code_of_a_register_is_in_capitals(typed: str) -> None:
    assert spelling.register_code(typed) == "TH-74"


@pytest.mark.parametrize(
    "pasted", ["\u0e4d\u0e48\u0e32", "\u0e33\u0e48", "\u0e33\u0e4c\u0e33\u0e48", "\u0e40", "\u0e48"]
)
def test_the_normal_form_of_a_long_text_takes_no_longer_for_what_is_pasted(pasted: str) -> None:
    """A ring and a tone before each า a hundred thousand letters long: minutes, once."""
    text = pasted * (100_000 // len(pasted))
    started = time.process_time()
    normal = spelling.normal(text)

    assert time.process_time() - started < 3
    assert spelling.normal(normal) == normal


def test_tones_stand_before_every_sara_am_that_they_follow() -> None:
    assert spelling.normal("ก\u0e33\u0e48\u0e33\u0e49") == f"ก\u0e48\u0e49{SARA_AM}{SARA_AM}"
    assert spelling.normal("ก\u0e33\u0e34\u0e33\u0e49") == f"ก{SARA_AM}\u0e34\u0e49{SARA_AM}"
    assert spelling.normal("ก\u0e33\u0e4c\u0e33\u0e49") == f"ก\u0e49{SARA_AM}\u0e4c{SARA_AM}"


@given(st.text(max_size=6) | st.text(alphabet="\u200b\u3164\u00a0\ufe0f \t\r\n\uf700ก", max_size=6))
def test_what_is_blank_has_nothing_in_its_normal_form(typed: str) -> None:
    assert spelling.is_blank(typed) == (not spelling.normal(typed).strip())


@pytest.mark.parametrize(
    "typed",
    [
        "สมชาย ใจดี",
        "นายสมชาย ใจดี",
        "นาย สมชาย  ใจดี",
        "ดร.สมชาย ใจดี",
        "ดร. สมชาย ใจดี",
        "ดร สมชาย ใจดี",
        "รศ.ดร.สมชาย ใจดี",
        "รศ. ดร. สมชาย ใจดี",
        "ผู้ช่วยศาสตราจารย์ ดร.สมชาย ใจดี",
        "พล.ต.อ.สมชาย ใจดี",
        "พล.ต.อ. ดร.สมชาย ใจดี",
        "พลตำรวจเอก สมชาย ใจดี",
        "ว่าที่ร้อยตรีสมชาย ใจดี",
        "ว่าที่ ร.ต. สมชาย ใจดี",
        "ม.ล.สมชาย-ใจดี",
        "คุณ สมชาย ใจดี",
        "นพ.สมชาย ใจดี",
    ],
)
def test_a_title_is_no_part_of_a_name(typed: str) -> None:
    assert spelling.person(typed) == spelling.person("สมชาย ใจดี")


@pytest.mark.parametrize(
    ("one", "other"),
    [("นางสาวก ข", "น.ส. ก ข"), ("นางก ข", "ก ข"), ("Dr. A. Bell", "a. bell"), ("Mr Bell", "BELL")],
)
def test_titles_of_women_and_in_english_are_none_either(one: str, other: str) -> None:
    assert spelling.person(one) == spelling.person(other)


@pytest.mark.parametrize("name", ["นายิกา สุข", "คุณากร", "ดรุณี", "mrinal", "นาย", "ดร.", "a member"])
def test_what_only_begins_like_a_title_stays(name: str) -> None:
    assert spelling.person(name) == "".join(spelling.key(name).split())
