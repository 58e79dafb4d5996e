"""A NUL, which comes with what is copied from PDF, costs nobody what they typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from esar.platform.history.models import Event
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.platform.ui.clean_text import CleanTextMiddleware
from tests.make import FEBRUARY, World, draft, kpi, person

PAGE_OF_TEXT = "ลดคดีอาญา\n" * 200
BODY_READ = re.compile(r"request\.(?:body|read\(|_post|environ)")
# The bytes of a file that goes up in parts; they are no text.
BYTES = {"esar/report/reports/evidence_views.py"}


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed_into_the_kpi(client: Client, path: str, **changed: str) -> dict[str, Any]:
    form = client.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value is not None} | changed


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}])
def test_a_text_with_a_nul_is_taken_without_it(world: World, headers: dict[str, str]) -> None:
    card = draft(world)
    client, path = client_of(world.reporter), f"/scorecards/{card.pk}/kpis/1.1/"
    definition = PAGE_OF_TEXT.replace("คดี", "ค\x00ดี")
    sent = typed_into_the_kpi(client, path, definition=definition, name="\x00รายได้\x00")
    answer = client.post(path, sent, headers=headers)

    saved = kpi(card)
    assert answer.status_code == (200 if headers else 302)
    assert (saved.template.name, saved.template.definition.strip()) == (
        "รายได้",
        PAGE_OF_TEXT.strip(),
    )


def test_a_refused_form_with_a_nul_keeps_all_that_was_typed(world: World) -> None:
    card = draft(world)
    client, path = client_of(world.reporter), f"/scorecards/{card.pk}/kpis/1.1/"
    sent = typed_into_the_kpi(client, path, definition=f"\x00{PAGE_OF_TEXT}", weight="\x00สิบ")
    answer = client.post(path, sent)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["weight"])
    assert (form["definition"].value(), form["weight"].value()) == (PAGE_OF_TEXT, "สิบ")


def test_a_reason_beside_a_button_is_taken_without_its_nul(world: World) -> None:
    leaving = person("leaving", (Role.ANALYST, None))
    client_of(world.administrator).post(f"/people/{leaving.pk}/close/", {"reason": "ย้า\x00ย"})

    assert Event.objects.latest("number").reason == "ย้าย"


@pytest.mark.parametrize("path", ["/agencies/?q=%00", "/agencies/?kind=%00", "/search/?q=%00"])
def test_a_search_with_a_nul_is_made_without_it(world: World, path: str) -> None:
    assert client_of(world.analyst).get(path).status_code == 200


def test_names_texts_and_their_order_come_without_nul() -> None:
    request = RequestFactory().post("/?a%00=%00x", {"b\x00": ["1\x00", "2"], "c": "%00\x00"})
    CleanTextMiddleware(lambda _: HttpResponse()).process_view(request)

    assert (dict(request.GET.lists()), dict(request.POST.lists())) == (
        {"a": ["x"]},
        {"b": ["1", "2"], "c": ["%00"]},
    )


def test_no_view_reads_what_was_sent_past_the_one_that_takes_nul_out() -> None:
    past = {
        str(path)
        for path in Path("esar").rglob("*.py")
        if "HttpRequest" in (text := path.read_text("utf-8")) and BODY_READ.search(text)
    }
    assert past == BYTES
