"""Fiscal year 2554: from a proposal to an agreement that is signed and public."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from esar.agree.agreements import actions as agreements
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion, Signature
from esar.agree.scorecards.queries import acts_of, route_of, signatures_of
from esar.agree.scorecards.states import State
from esar.kernel.problems import Refused
from esar.platform.lifecycle.moves import OwnWork
from tests.agree.scorecards import make
from tests.make import World, resolved

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def _acts(card: Scorecard) -> list[str]:
    route = route_of(card)
    assert route is not None
    return acts_of(card, route)


def test_kpis_on_the_approved_list_go_past_the_negotiation(world: World) -> None:
    card = make.submitted(world, listed=True)
    assert (card.state, _acts(card)) == ("collect", ["collect", "sign"])

    SCORECARD_LIFE.move(
        card, "collect", by=world.analyst, at=make.at(make.NEGOTIATED), on=make.NEGOTIATED
    )

    assert card.state == "sign"
    assert len(Scorecard.objects.get(pk=card.pk).approved_sha256) == 64


def test_one_kpi_in_other_words_than_the_list_is_negotiated(world: World) -> None:
    card = make.submitted(world)
    assert _acts(card) == ["collect", "decide", "sign"]
    SCORECARD_LIFE.move(
        card, "collect", by=world.analyst, at=make.at(make.NEGOTIATED), on=make.NEGOTIATED
    )
    assert (card.state, card.approved_sha256) == ("decide", "")

    resolved(world, world.negotiation, card, "approve", on=make.NEGOTIATED, year=2554)

    assert (card.state, len(card.approved_sha256)) == ("sign", 64)


def test_another_years_committee_does_not_see_it(world: World) -> None:
    from esar.agree.committees.queries import waiting_scorecards

    card = make.submitted(world)
    SCORECARD_LIFE.move(
        card, "collect", by=world.analyst, at=make.at(make.NEGOTIATED), on=make.NEGOTIATED
    )

    assert waiting_scorecards(world.negotiation) == [card]
    assert waiting_scorecards(world.level2) == []


def test_it_is_in_force_when_everyone_has_signed_in_the_rulebooks_order(world: World) -> None:
    card = make.to_sign(world)
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "sign", by=world.analyst, at=make.at(make.SIGNED), on=make.SIGNED)
    assert codes(refused) == ["agreement.not_all_signed"]

    make.sign_all(world, card)
    on = date(2010, 11, 25)
    with pytest.raises(Refused) as refused:
        agreements.sign(card, name="ก", signed_on=on, by=world.analyst, at=make.at(on), on=on)
    assert codes(refused) == ["agreement.all_signed"]
    SCORECARD_LIFE.move(card, "sign", by=world.analyst, at=make.at(on), on=on)

    version = ScorecardVersion.objects.get(scorecard=card)
    signed = Signature.objects.filter(scorecard=card, sha256=version.sha256)
    assert [one.role for one in signed] == signers_of(card)
    assert (card.state, version.number, version.public_from) == (State.IN_FORCE, 1, on)
    assert version.content["action_plan"] == make.PLAN


def test_a_signature_has_a_name_and_a_day_since_the_approval(world: World) -> None:
    card = make.to_sign(world)
    with pytest.raises(Refused) as refused:
        agreements.sign(
            card,
            name=" ",
            signed_on=date(2030, 1, 1),
            by=world.analyst,
            at=make.at(make.SIGNED),
            on=make.SIGNED,
        )
    assert codes(refused) == ["agreement.day_outside", "agreement.no_name"]


def test_what_is_signed_is_what_was_approved(world: World) -> None:
    card = make.to_sign(world)
    make.sign_all(world, card)
    Kpi.objects.filter(scorecard=card, number="1.1").update(weight=Decimal(40))
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "sign", by=world.analyst, at=make.at(make.SIGNED), on=make.SIGNED)
    assert codes(refused) == ["scorecard.binding_broken"]


def test_one_that_a_minister_will_not_sign_goes_back_and_is_signed_anew(world: World) -> None:
    card = make.to_sign(world)
    make.sign_all(world, card)
    SCORECARD_LIFE.move(
        card,
        "return_by_opdc",
        by=world.analyst,
        at=make.at(make.SIGNED),
        on=make.SIGNED,
        reason="รองนายกรัฐมนตรีให้ทบทวนเป้าหมาย",
    )
    assert (card.state, card.approved_sha256) == ("draft", "")
    kpi = Kpi.objects.select_related("template__indicator").get(scorecard=card, number="1.1")
    Kpi.objects.filter(pk=kpi.pk).update(targets=["61", "66", "71", "76", "81"])
    for name, by in (
        ("propose", world.reporter),
        ("submit", world.approver),
        ("collect", world.analyst),
    ):
        SCORECARD_LIFE.move(card, name, by=by, at=make.at(make.SIGNED), on=make.SIGNED)

    assert signatures_of(card, card.approved_sha256) == []


def test_the_same_words_sent_back_after_signing_are_signed_anew(world: World) -> None:
    card = make.to_sign(world)
    make.sign_all(world, card)
    later = date(2010, 11, 24)
    SCORECARD_LIFE.move(
        card,
        "return_by_opdc",
        by=world.analyst,
        at=make.at(later),
        on=later,
        reason="ผู้ลงนามผิดคน",
    )
    for name, by in (
        ("propose", world.reporter),
        ("submit", world.approver),
        ("collect", world.analyst),
    ):
        SCORECARD_LIFE.move(card, name, by=by, at=make.at(later), on=later)

    assert signatures_of(card, card.approved_sha256) == []


def test_who_recorded_a_signature_does_not_bring_it_into_force(world: World) -> None:
    card = make.to_sign(world)
    for _ in signers_of(card):
        agreements.sign(
            card,
            name="ก",
            signed_on=make.SIGNED,
            by=world.analyst,
            at=make.at(make.SIGNED),
            on=make.SIGNED,
        )
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "sign", by=world.analyst, at=make.at(make.SIGNED), on=make.SIGNED)
    assert codes(refused) == ["access.own_work"]


def test_once_all_have_signed_the_page_asks_for_no_more_signatures(
    world: World, client: Client
) -> None:
    card = make.to_sign(world)
    path = f"/scorecards/{card.pk}/signing/"
    client.force_login(world.analyst)
    first = client.get(path)
    make.sign_all(world, card)
    then = client.get(path)

    assert (first.context["form"] is None, first.context["next_signer"]) == (
        False,
        signers_of(card)[0],
    )
    assert (then.context["form"], then.context["next_signer"]) == (None, "")
    sentence = "นักวิเคราะห์ของสำนักงาน ก.พ.ร. ที่ไม่ได้บันทึกการลงนามใดเลยเป็นผู้ให้คำรับรองมีผล"
    assert [sentence in page.content.decode() for page in (first, then)] == [True, True]


def test_one_in_negotiation_stays_there_when_opdcs_list_takes_its_kpi_in(world: World) -> None:
    from esar.agree.indicators.models import Indicator

    card = make.submitted(world)
    SCORECARD_LIFE.move(
        card, "collect", by=world.analyst, at=make.at(make.NEGOTIATED), on=make.NEGOTIATED
    )
    Indicator.objects.filter(body=world.province).update(body=None, listed_as="approved-kpis/plan")

    resolved(world, world.negotiation, card, "approve", on=make.NEGOTIATED, year=2554)

    assert card.state == "sign"


def test_who_wrote_the_action_plan_does_not_send_it_in(world: World) -> None:
    card = make.drafted(world, listed=True)
    assert SCORECARD_LIFE.is_own_work(world.reporter, card, OwnWork.NOT_WRITTEN)
    assert not SCORECARD_LIFE.is_own_work(world.approver, card, OwnWork.NOT_WRITTEN)


def test_a_committee_is_not_called_for_a_year_that_is_not_its_own(world: World) -> None:
    from esar.agree.committees.actions import call

    on = make.NEGOTIATED
    with pytest.raises(Refused) as refused:
        call(
            world.level2,
            year=2554,
            held_at=make.at(on),
            place="ก",
            by=world.secretaries["L2-P"],
            at=make.at(on),
            on=on,
        )
    assert codes(refused) == ["sitting.not_its_year"]


def test_a_proposal_without_its_action_plan_is_refused_with_the_clause(world: World) -> None:
    card = make.drafted(world, listed=True)
    Scorecard.objects.filter(pk=card.pk).update(action_plan={})
    card.refresh_from_db()
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(
            card, "propose", by=world.reporter, at=make.at(make.PROPOSED), on=make.PROPOSED
        )
    assert codes(refused) == ["scorecard.no_action_plan"]
    assert refused.value.problems[0].clause.th.endswith("ข้อ 1.4.2 ข้อ 1) ถึง 5)")


def test_the_public_agreement_has_its_five_parts(world: World, client: Client) -> None:
    card = make.in_force(world)
    page = client.get(f"/agencies/{card.body.code}/2554/agreement/").content.decode()

    for words in (
        "๑. คู่ลงนาม",
        "๒. ระยะเวลาของคำรับรอง",
        "๓. แผนปฏิบัติราชการ",
        "๔. รายละเอียดข้อตกลง",
        "๕. รายละเอียดอื่น",
        "เมืองน่าอยู่",
        "ปลัดกระทรวงมหาดไทย ก",
    ):
        assert words in page, words


def test_it_is_not_public_before_it_is_signed(world: World, client: Client) -> None:
    card = make.to_sign(world)
    assert client.get(f"/agencies/{card.body.code}/2554/agreement/").status_code == 404
