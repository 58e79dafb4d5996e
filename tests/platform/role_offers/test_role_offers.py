"""Nobody has a role, or stands in for somebody, before they have accepted it; either may end it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.kernel.problems import Refused
from esar.kernel.wording import problem_words
from esar.platform.notices.models import Notice
from esar.platform.organisations import actions as organisations
from esar.platform.organisations.models import Appointment, Delegation, Person, Role
from esar.platform.organisations.queries import held, roles_of
from esar.platform.role_offers import actions
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.ui import clock
from tests.make import AT, ON, SINCE, World, person
from tests.platform.role_offers.make import delegate, lending_offer
from tests.show.public.make import department, ministry

pytestmark = pytest.mark.django_db

WHEN: dict[str, Any] = {"at": AT, "on": ON}
TODAY: dict[str, Any] = {"first_day": ON, "last_day": ON, "reason": "ลา"}


@pytest.fixture(autouse=True)
def _october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def problems_of(act: Any, *args: Any, **words: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **words)
    return [problem.code for problem in refused.value.problems]


def role_of(who: Person) -> Appointment:
    return Appointment.objects.select_related("person", "body", "committee").get(person=who)


def told(code: str) -> set[str]:
    notices = Notice.objects.filter(code=code).select_related("person")
    return {notice.person.name for notice in notices}


# --- A role that is given ------------------------------------------------------------------------


def offered(world: World, who: Person) -> RoleOffer:
    """The world's approver wants somebody with an account as a reporter, by the page."""
    typed = {"email": who.email, "name": who.name, "role": "reporter", "body": "TH-74"}
    answer = client_of(world.approver).post(reverse("role_offers:invite"), typed)
    offer = RoleOffer.objects.get(person=who)
    assert (answer.status_code, answer["Location"]) == (302, ROLE_OFFER_LIFE.address(offer))
    return offer


def press(offer: RoleOffer, who: Person, name: str) -> int:
    """Press a button of the page of an offer, as a browser does."""
    client = client_of(who)
    page = client.get(ROLE_OFFER_LIFE.address(offer))
    assert name in [move.name for move in page.context["moves"]]
    address = reverse("role_offers:role-offer-move", args=[offer.pk, name])
    return client.post(address, {"seen": page.context["seen"]}).status_code


def test_a_strangers_account_has_a_role_only_once_its_owner_has_accepted_it(world: World) -> None:
    stranger = world.assessor
    offer = offered(world, stranger)
    assert roles_of(fresh(stranger), ON) == {"assessor"}
    assert told("notice.role_offer_begin") == {stranger.name}
    pile = client_of(stranger).get(reverse("worklist:desk")).context["pile"]
    desk = [(line.work.asks, line.work.path) for line in pile.lines]
    address = ROLE_OFFER_LIFE.address(offer)
    assert ("work.role_offer", address) in desk

    assert press(offer, stranger, "accept") == 302
    assert roles_of(fresh(stranger), ON) == {"assessor", "reporter"}
    assert told("notice.role_offer_accept") == {world.approver.name}
    verbs = ROLE_OFFER_LIFE.events_of(offer, "role_offer.").order_by("number")
    assert [(event.verb, event.actor) for event in verbs] == [
        ("role_offer.offered", world.approver.name),
        ("role_offer.accept", stranger.name),
    ]


@pytest.mark.parametrize(("by", "name"), [("assessor", "decline"), ("approver", "withdraw")])
def test_an_offer_that_is_declined_or_withdrawn_gives_nothing(
    world: World, by: str, name: str
) -> None:
    offer = offered(world, world.assessor)
    assert press(offer, getattr(world, by), name) == 302

    assert roles_of(fresh(world.assessor), ON) == {"assessor"}
    act = {"by": fresh(world.assessor), **WHEN}
    assert problems_of(ROLE_OFFER_LIFE.move, offer, "accept", **act) == ["role_offer.wrong_state"]


def test_nobody_answers_for_another(world: World) -> None:
    offer = offered(world, world.assessor)
    for who in (world.approver, world.administrator, world.reporter_d):
        for name in ("accept", "decline"):
            act = {"by": fresh(who), **WHEN}
            assert problems_of(ROLE_OFFER_LIFE.move, offer, name, **act) == ["access.wrong_role"]
    assert client_of(world.reporter_d).get(ROLE_OFFER_LIFE.address(offer)).status_code == 404


def test_an_offer_gives_nothing_once_its_giver_may_not_give_it(world: World) -> None:
    offer = offered(world, world.assessor)
    Appointment.objects.filter(person=world.approver).update(last_day=ON - timedelta(days=1))
    act = {"by": fresh(world.assessor), **WHEN}

    assert problems_of(ROLE_OFFER_LIFE.move, offer, "accept", **act) == ["people.may_not_appoint"]


def test_no_action_gives_an_account_of_others_a_role_past_its_owner(world: World) -> None:
    words = {"email": world.assessor.email, "name": "x", "role": "reporter"}
    act = {"by": world.approver, "body": world.province, **WHEN}

    assert problems_of(organisations.invite, **words, **act) == ["people.has_account"]
    first = actions.invite(**words, **act)
    assert isinstance(first, RoleOffer)
    assert actions.invite(**words, **act) == first


def test_a_new_person_accepts_by_the_link_and_has_the_role(world: World) -> None:
    words = {"email": "new@example.test", "name": "คนใหม่", "role": "reporter"}
    made = actions.invite(**words, by=world.approver, body=world.province, **WHEN)

    assert isinstance(made, Person)
    assert roles_of(fresh(made), ON) == {"reporter"}


# --- A role that is lent -------------------------------------------------------------------------


def test_a_stand_in_acts_only_once_they_have_accepted(world: World) -> None:
    deputy, role = person("deputy"), role_of(world.approver)
    typed = {"taker": deputy.email, "first_day": "2023-10-10", "last_day": "2023-10-12"}
    page = reverse("role_offers:delegate", args=[role.pk])
    assert client_of(world.approver).post(page, typed | {"reason": "ลา"}).status_code == 302
    offer = RoleOffer.objects.get()
    assert held(fresh(deputy), ON) == ()

    assert press(offer, deputy, "accept") == 302
    lent = [(one.role, one.for_person, one.last_day) for one in held(fresh(deputy), ON)]
    assert lent == [("approver", world.approver.name, date(2023, 10, 12))]


@pytest.mark.parametrize(
    ("moment", "stands_in"),
    [
        (datetime(2023, 10, 12, 16, 59, tzinfo=UTC), True),
        (datetime(2023, 10, 12, 17, 0, tzinfo=UTC), False),
    ],
)
def test_a_delegation_ends_with_its_last_day_in_bangkok(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: datetime, stands_in: bool
) -> None:
    deputy = person("deputy")
    days = TODAY | {"last_day": date(2023, 10, 12)}
    delegate(role_of(world.approver), deputy, by=world.approver, **WHEN, **days)
    clock.pretend(None)
    monkeypatch.setattr("esar.platform.ui.clock.timezone.now", lambda: moment)

    assert (roles_of(fresh(deputy), clock.today()) == {"approver"}) == stands_in


@pytest.mark.parametrize("who", ["approver", "deputy"])
def test_either_of_the_two_ends_it_and_the_other_is_told(world: World, who: str) -> None:
    deputy = person("deputy")
    lending = delegate(role_of(world.approver), deputy, by=world.approver, **WHEN, **TODAY)
    by, other = (deputy, world.approver) if who == "deputy" else (world.approver, deputy)
    page = client_of(by).get(reverse("organisations:account")).content.decode()
    address = reverse("role_offers:delegation-end", args=[lending.pk])
    assert address in page
    assert client_of(world.reporter).post(address).status_code == 404
    assert client_of(by).post(address).status_code == 302

    assert held(fresh(deputy), ON) == ()
    assert told("notice.role_lending_ended") == {other.name}


@pytest.mark.parametrize(("days", "codes"), [(120, []), (121, ["interest.lent_too_long"])])
def test_a_role_is_lent_for_the_days_of_the_rulebook_at_most(
    world: World, days: int, codes: list[str]
) -> None:
    words = TODAY | {"last_day": ON + timedelta(days=days - 1)}
    act = {"by": world.approver, **WHEN, **words}
    role, deputy = role_of(world.approver), person("deputy")
    if codes:
        assert problems_of(lending_offer, role, deputy, **act) == codes
    else:
        assert lending_offer(role, deputy, **act).state == "offered"


def test_the_superior_of_the_lender_is_told_when_it_is_accepted(world: World) -> None:
    cases = [
        (world.reporter, {world.approver.name}),
        (world.approver_d, {world.ministers_office.name}),
        (world.members["L2-P"][0], {world.secretaries["L2-P"].name}),
        (world.assessor, {world.administrator.name}),
    ]
    for lender, superiors in cases:
        Notice.objects.all().delete()
        deputy = person(f"for-{lender.email.split('@')[0]}")
        offer = lending_offer(role_of(lender), deputy, by=lender, **WHEN, **TODAY)
        assert told("notice.role_lent") == set()
        ROLE_OFFER_LIFE.move(offer, "accept", by=deputy, **WHEN)
        assert (lender.name, told("notice.role_lent")) == (lender.name, superiors)
        [notice] = Notice.objects.filter(code="notice.role_lent").select_related("person")
        assert client_of(notice.person).get(notice.path).status_code == 200


# --- Roles that clash ----------------------------------------------------------------------------


def test_an_assessor_lends_the_role_to_nobody_who_heads_a_body(world: World) -> None:
    role = role_of(world.assessor)
    with pytest.raises(Refused) as refused:
        lending_offer(role, world.approver, by=world.assessor, **WHEN, **TODAY)

    [problem] = refused.value.problems
    assert problem.code == "interest.clash_belongs"
    assert problem_words(problem, "en").startswith(
        f"{world.approver.name} has, or lately had, the role Approver (head) at "
        f"{world.province.name_en}, so cannot stand in for a role that decides about "
        f"{world.province.name_en}. Lend it to somebody else."
    )


def test_a_role_clashes_with_what_reaches_the_body_and_with_nothing_else(world: World) -> None:
    """Who lends → those of the world whom they cannot lend to, by what clashes."""
    ministry("MOI")
    belongs, decides = "interest.clash_belongs", "interest.clash_decides"
    province = {"reporter", "approver"}
    of_opdc = {"analyst", "administrator", "assessor"}
    cases = {
        "assessor": dict.fromkeys(province, belongs),
        "secretary": dict.fromkeys(province, belongs),
        "ministers_office": {},  # of Commerce, which is over no province
        "central_owner": {},
        "approver": dict.fromkeys({*of_opdc, "secretary", "member", "auditor"}, decides),
    }
    for lender, clashes in cases.items():
        found = {}
        for name, taker in world.by_role.items():
            if name == lender:
                continue
            try:
                lending_offer(
                    role_of(world.by_role[lender]),
                    fresh(taker),
                    by=fresh(world.by_role[lender]),
                    **WHEN,
                    **TODAY,
                )
            except Refused as refused:
                found[name] = refused.problems[0].code
        assert (lender, found) == (lender, clashes)


def test_a_role_that_clashes_by_the_time_it_is_accepted_is_not_lent(world: World) -> None:
    deputy = person("deputy")
    offer = lending_offer(role_of(world.assessor), deputy, by=world.assessor, **WHEN, **TODAY)
    organisations.appoint(
        deputy, Role.APPROVER, by=None, at=AT, on=SINCE, body=department("DEX", "กรม ข")
    )
    act = {"by": fresh(deputy), **WHEN}

    assert problems_of(ROLE_OFFER_LIFE.move, offer, "accept", **act) == ["interest.clash_belongs"]
    assert not Delegation.objects.exists()


def test_who_makes_and_takes_offers_finds_them_in_one_list(world: World) -> None:
    offered(world, world.assessor)
    seen = {}
    for name in ("approver", "assessor", "reporter_d"):
        page = client_of(getattr(world, name)).get(reverse("role_offers:role-offers"))
        seen[name] = len(page.context["list"].lines)

    assert seen == {"approver": 1, "assessor": 1, "reporter_d": 0}
