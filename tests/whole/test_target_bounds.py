"""A target that nothing in its unit can reach is told wherever it is written, never refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages

from esar.agree.changes.models import ChangeRequest
from esar.agree.strategic_kpis.checks import target_notes
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.kernel.wording import say
from esar.platform.organisations.models import Body
from tests.agree.agendas.make import HEAD, WATER, load
from tests.agree.make_forms import browser, typed
from tests.agree.strategic_kpis.make import TARGETS, text
from tests.make import FEBRUARY, ON, World, draft, in_force, open_sitting, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
LEVELS = {"target_1": "80", "target_2": "85", "target_3": "150"}
WORDS = {"ground": "policy", "reason": "นโยบายเปลี่ยน", "evidence": "มติ", "achieved": "65"}
BEYOND = "finding.beyond_bounds"


def sentence(whose: str) -> str:
    figures = {"targets": (Decimal(150),), "unit": "ร้อยละ", "least": Decimal(0)}
    return say(BEYOND, {"kpi": whose, "most": Decimal(100), **figures}, "th")


def noted(answer: Any) -> list[str]:
    """What the next page is to say of what was just done."""
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    return [words.removeprefix("⚠ ") for words in said if words.startswith("⚠ ")]


def codes(findings: Any) -> list[str]:
    return [finding.code for finding in findings if finding.code == BEYOND]


def test_the_form_of_a_kpi_tells_it_while_it_is_typed(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), f"/scorecards/{card.pk}/kpis/1.1/"

    answer = client.post(f"{path}check/", typed(client.get(path), **LEVELS))

    assert codes(answer.context["findings"]) == [BEYOND]


def test_a_request_to_change_says_so_to_the_body_and_to_the_committee(world: World) -> None:
    card = in_force(world)
    reporter = browser(world.reporter, FEBRUARY)
    path = f"/scorecards/{card.pk}/kpis/1.1/change/"
    answer = reporter.post(path, typed(reporter.get(path), **WORDS, **LEVELS))
    assert answer.status_code == 302
    change, page = ChangeRequest.objects.get(), reporter.get(answer.url)
    assert codes(page.context["findings"]) == [BEYOND]
    assert f"⚠ {sentence('1.1')}" in page.content.decode()

    for who, name in ((world.reporter, "propose"), (world.approver, "submit")):
        client = browser(who, FEBRUARY)
        seen = client.get(answer.url).context["seen"]
        client.post(f"{answer.url}move/{name}/", {"seen": seen})
    change.refresh_from_db()
    sitting = open_sitting(world, world.level2, change, on=FEBRUARY)
    shown = browser(world.secretaries["L2-P"], FEBRUARY).get(f"/sittings/{sitting.pk}/")
    (row,) = shown.context["rows"]
    assert codes(row["findings"]) == [BEYOND]
    assert f"⚠ {sentence('1.1')}" in shown.content.decode()


def test_a_counter_offer_says_so(world: World) -> None:
    card = submitted(world)
    open_sitting(world, world.level1, card)
    client = browser(world.secretaries["L1-P"])
    path = f"/scorecards/{card.pk}/kpis/1.1/offer/"

    offer = client.post(path, {"weight": "20", **LEVELS, "why": "ยกระดับ"})

    assert offer.status_code == 302
    assert sentence("1.1") in noted(offer)


def test_the_draft_of_a_strategic_kpi_says_so(world: World) -> None:
    years = {f"target_{year}": "75" for year in range(2566, 2570)} | {"target_2570": "150"}
    fields = {name: value for name, value in text(unit="ร้อยละ").items() if name != "targets"}
    fields |= {"host": Body.objects.get(code="MOC").pk}
    client = browser(world.analyst, ON)

    new = client.post("/strategic/new/", fields | years)
    assert (new.status_code, noted(new)) == (302, [sentence("SK-MOC-01")])
    path = f"/strategic/{StrategicKpi.objects.get().pk}/edit/"
    edited = client.post(path, typed(client.get(path), issue="ประเด็นที่ 2"))
    assert sentence("SK-MOC-01") in noted(edited)


def test_rows_of_files_say_so(world: World) -> None:
    per_cent = WATER.replace("แห่ง", "ร้อยละ")
    loaded = load(world, HEAD + per_cent.replace("70,75,80", "70,75,150"))
    assert (loaded.problems, [codes(row.notes) for row in loaded.rows]) == ([], [[BEYOND]])

    whole = load(world, HEAD + per_cent)
    assert [row.notes for row in whole.rows] == [[]]
    targets = [*TARGETS[:-1], {"year": 2570, "target": "150", "why": ""}]
    assert codes(target_notes(text(unit="ร้อยละ", targets=targets))) == [BEYOND]
    assert target_notes(text(targets=targets)) == []
