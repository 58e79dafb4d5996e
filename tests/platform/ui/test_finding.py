"""Words are found in a column as people type them, on either database and without delay."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection

from esar.kernel.alphabet import search_words
from esar.platform.organisations.models import Person
from esar.platform.ui import finding
from esar.platform.ui.filters import every_word

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


def person(position: str) -> Person:
    return Person.objects.create(email="p@example.test", name="P", position=position)


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("ทองเทียว", "ส่งเสริมการท่องเที่ยว"),
        ("น้ำ", "คุณภาพน้ํา"),
        ("เเม่ฮ่องสอน", "แม่ฮ่องสอน"),
        ("แมฮองสอน", "เเม่ฮ่องสอน"),
        ("1.1", "ข้อ ๑.๑"),
        ("๑.๑", "ข้อ 1.1"),
        ("opdc", "ของ OPDC"),
        ("OPDC", "ของ opdc"),
        ("ก(ข", "ก(ข)"),
        ("*[?]", "a*[?]b"),
        ("^-]", "a^-]b"),
        ("100%", "ร้อย 100%"),
        ("กลาง ส่วน", "ส่วนกลาง"),
    ],
)
def test_a_word_is_found_however_it_was_typed(typed: str, position: str) -> None:
    someone = person(position)

    assert list(Person.objects.filter(every_word(typed, ["name", "position"]))) == [someone]


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("นา", "นํา้"),  # ํ and า are ำ, not า
        ("1.1", "121"),
        ("กข", "กคข"),
        ("*", "ก"),
        ("[ก-ฮ]", "ก"),
        ("ก_ข", "กคข"),
        ("กลาง เขต", "ส่วนกลาง"),
    ],
)
def test_what_only_has_the_letters_is_not_found(typed: str, position: str) -> None:
    person(position)

    assert not Person.objects.filter(every_word(typed, ["name", "position"])).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL never asks Python")
def test_python_is_asked_of_those_texts_alone_that_have_the_letters() -> None:
    Person.objects.create(email="a@example.test", name="A", position="ผู้ว่าราชการ")
    Person.objects.create(email="b@example.test", name="B", position="ผู้อำนวยการ")
    (word,) = search_words("อำนวย")

    with patch.object(finding, "_form", wraps=finding._form) as form:
        finding.teach_sqlite(connection)
        people = list(Person.objects.filter(position__finds=word))

    finding.teach_sqlite(connection)
    assert [someone.name for someone in people] == ["B"]
    assert [call.args for call in form.call_args_list] == [("ผู้อำนวยการ",)]
