"""What people type is kept whole or refused in a sentence: no view cuts it off unseen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from esar.kernel.problems import Refused
from esar.platform.organisations.models import Role
from esar.platform.ui.lists import text_of
from tests.make import World, person

CUT = re.compile(r"(?:POST\.get|POST\[)[^\n]*\)?\[:")
# What is looked up by it is never kept: the number of a KPI, a year.
LOOKED_UP = {'request.POST.get("number", "")[:10]', 'request.POST.get("year", "")[:4]'}


def test_no_view_cuts_off_what_was_typed() -> None:
    cuts = [
        f"{path}: {line.strip()}"
        for path in Path("esar").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if CUT.search(line) and not any(lookup in line for lookup in LOOKED_UP)
    ]
    assert cuts == []


def test_a_text_of_just_the_length_is_taken_and_one_letter_more_is_refused() -> None:
    def typed(text: str) -> str:
        return text_of(RequestFactory().post("/", {"reason": text}), "reason", 500)

    assert typed("ก" * 500) == "ก" * 500
    assert typed("ก\r\n" * 250) == "ก\n" * 250
    with pytest.raises(Refused) as refused:
        typed("ก" * 501)
    problem = refused.value.problems[0]
    assert (problem.code, problem.figures) == ("form.too_long", {"most": 500})


@pytest.mark.django_db
def test_a_reason_that_is_too_long_closes_no_account(world: World, client: Client) -> None:
    client.force_login(world.administrator)
    leaving = person("leaving", (Role.ANALYST, None))
    answer = client.post(f"/people/{leaving.pk}/close/", {"reason": "ย" * 501})

    leaving.refresh_from_db()
    assert (answer.status_code, leaving.is_active) == (422, True)
    assert "ข้อความยาวเกิน 500 ตัวอักษร" in answer.content.decode()
