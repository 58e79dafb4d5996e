"""The way from a draft to force, and a change in February: what each step leaves behind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.scorecards.actions import counter, save_kpi
from esar.agree.scorecards.content import binding
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Offer, Scorecard, ScorecardVersion
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    approved,
    draft,
    fields,
    in_force,
    kpi,
    request_fields,
    resolved,
    submitted,
    told,
)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_whole_path_ends_in_force_with_version_1(world: World) -> None:
    card = in_force(world)

    card.refresh_from_db()
    version = ScorecardVersion.objects.get(scorecard=card)
    assert (card.state, card.version, binding(card)) == ("in_force", 1, "kept")
    assert (version.number, version.sha256) == (1, card.approved_sha256)
    assert version.resolution == "คณะ L2-P ครั้งที่ 1/2566 วาระที่ 1"
    verbs = Event.objects.filter(subject_kind="scorecard").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("scorecard.")] == [
        "scorecard.opened",
        "scorecard.propose",
        "scorecard.submit",
        "scorecard.opinion",
        "scorecard.approve",
        "scorecard.collect",
        "scorecard.acknowledge",
        "scorecard.inform",
    ]


def test_a_department_takes_the_same_path_past_its_own_committees(world: World) -> None:
    assert in_force(world, world.department).state == "in_force"


def test_an_offer_that_is_sent_twice_is_made_once_and_another_after_it_is_another(
    world: World,
) -> None:
    card = submitted(world)
    resolved(world, world.level1, card, "opinion")
    offers = [["82", "88", "95"], ["82", "88", "95"], ["82", "88", "96"], ["82", "88", "95"]]
    for targets in offers:
        counter(
            card,
            kpi(card),
            weight=None,
            targets=targets,
            why="ต่ำกว่าแนวโน้ม",
            by=world.secretaries["L2-P"],
            at=AT,
            on=ON,
        )

    ledger = Offer.objects.filter(scorecard=card, side="committee").order_by("pk")
    assert [offer.targets for offer in ledger] == [offers[0], *offers[2:]]


def test_a_returned_scorecard_is_a_draft_again_and_the_ledger_holds_both_sides(
    world: World,
) -> None:
    card = submitted(world)
    resolved(world, world.level1, card, "opinion")
    secretary = world.secretaries["L2-P"]
    counter(
        card,
        kpi(card),
        weight=None,
        targets=["82", "88", "95"],
        why="ต่ำกว่าแนวโน้ม",
        by=secretary,
        at=AT,
        on=ON,
    )
    resolved(world, world.level2, card, "return", reason="ปรับตัวชี้วัด 1.1")
    assert card.state == "draft"

    values = fields("1.1", weight=Decimal(20), targets=["81", "87", "93"])
    save_kpi(card, values, by=world.reporter, at=AT, on=ON, kpi=kpi(card))
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    SCORECARD_LIFE.move(card, "submit", by=world.approver, at=AT, on=ON, reason="พบกันครึ่งทาง")

    ledger = Offer.objects.filter(scorecard=card, number="1.1")
    assert [(one.side, one.targets, one.why) for one in ledger] == [
        ("body", ["80", "85", "90"], ""),
        ("committee", ["82", "88", "95"], "ต่ำกว่าแนวโน้ม"),
        ("body", ["81", "87", "93"], "พบกันครึ่งทาง"),
    ]


def test_editing_after_a_resolution_is_refused_with_the_way_out(world: World) -> None:
    card = approved(world)

    with pytest.raises(Refused) as refused:
        save_kpi(card, fields("1.1"), by=world.reporter, at=AT, on=ON, kpi=kpi(card))

    assert codes(refused) == ["scorecard.bound"]


def test_content_changed_behind_our_back_breaks_the_binding_and_stops_the_way(
    world: World,
) -> None:
    card = approved(world)
    Kpi.objects.filter(scorecard=card, number="1.1").update(targets=["1", "2", "3"])

    assert binding(card) == "broken"
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=AT, on=ON)
    assert codes(refused) == ["scorecard.binding_broken"]


def test_who_wrote_it_may_not_approve_it(world: World) -> None:
    from esar.platform.organisations.actions import appoint

    appoint(world.reporter, "approver", by=None, at=AT, on=ON, body=world.province)
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)

    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "submit", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["access.own_work"]


def test_a_proposal_that_breaks_rules_is_refused_with_every_problem(world: World) -> None:
    card = draft(world)
    Kpi.objects.filter(scorecard=card, number="1.1").update(weight=Decimal("19.99"))
    save_kpi(
        card,
        fields("1.2", kind="kind.basic", weight=Decimal(10), definition=""),
        by=world.reporter,
        at=AT,
        on=ON,
        kpi=kpi(card, "1.2"),
    )

    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == [
        "scorecard.kind_not_allowed",
        "scorecard.fields_missing",
        "score.component_weights",
    ]


def test_a_february_change_makes_version_2_and_leaves_version_1_as_it_was(world: World) -> None:
    card = in_force(world)
    first = ScorecardVersion.objects.get(scorecard=card)
    asked = changes.ask(
        card,
        kpi(card),
        request_fields(achieved=Decimal("68")),
        by=world.reporter,
        at=AT,
        on=FEBRUARY,
    )
    CHANGE_LIFE.move(asked, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(asked, "submit", by=world.approver, at=AT, on=FEBRUARY)
    assert asked.state == "decide"
    resolved(world, world.level2, asked, "approve", on=FEBRUARY)
    told(world, asked)

    card.refresh_from_db()
    versions = ScorecardVersion.objects.filter(scorecard=card).order_by("number")
    found = [
        next(k["targets"] for k in one.content["kpis"] if k["number"] == "1.1") for one in versions
    ]
    assert found == [["80", "85", "90"], ["70", "75", "80"]]
    assert (card.version, binding(card), first.sha256 != versions[1].sha256) == (2, "kept", True)
    assert asked.effect == {
        "achieved": "68",
        "points": {
            "old": {"points": "0.0000", "weighted": "0.000000"},
            "new": {"points": "0.0000", "weighted": "0.000000"},
        },
    }


def test_a_cancelled_kpi_gives_its_weight_to_the_others_in_proportion(world: World) -> None:
    card = in_force(world)
    asked = changes.ask(
        card, kpi(card, "1.6"), request_fields(cancels=True), by=world.reporter, at=AT, on=FEBRUARY
    )
    weights = {row["number"]: (row["old"], row["new"]) for row in asked.effect["weights"]}

    assert weights["1.1"] == ("20", "23.3332")
    assert weights["1.2"] == ("10", "11.6667")
    assert sum(Decimal(new) for _, new in weights.values()) == 100

    CHANGE_LIFE.move(asked, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(asked, "submit", by=world.approver, at=AT, on=FEBRUARY)
    resolved(world, world.level2, asked, "approve", on=FEBRUARY)
    told(world, asked)
    assert kpi(card, "1.6").cancelled.startswith("ยกเลิกตาม")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"ground": "laziness"}, ["change.no_ground"]),
        ({"evidence": " "}, ["change.no_evidence"]),
        ({"targets": ["80", "85", "90"]}, ["change.nothing_new"]),
        ({"achieved": Decimal(80)}, ["change.target_is_achieved"]),
        ({"targets": ["80", "75", "70"]}, ["score.targets_do_not_rise"]),
    ],
)
def test_a_request_outside_the_rules_is_refused(
    world: World, changed: dict[str, object], expected: list[str]
) -> None:
    card = in_force(world)
    with pytest.raises(Refused) as refused:
        changes.ask(
            card, kpi(card), request_fields(**changed), by=world.reporter, at=AT, on=FEBRUARY
        )
    assert codes(refused) == expected


def test_potential_base_may_not_change(world: World) -> None:
    card = in_force(world)
    with pytest.raises(Refused) as refused:
        changes.ask(
            card,
            kpi(card, "2.1"),
            request_fields(cancels=True),
            by=world.reporter,
            at=AT,
            on=FEBRUARY,
        )
    assert codes(refused) == ["change.component_fixed"]


def test_outside_the_windows_only_a_recorded_exception_opens_the_door(world: World) -> None:
    from datetime import date

    from esar.platform.calendars.actions import extend

    card = in_force(world)
    august = date(2024, 8, 5)
    with pytest.raises(Refused) as refused:
        changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=august)
    assert codes(refused) == ["change.too_late_to_tell"]

    extend(
        2567,
        "changes.window.12m",
        last_day=august,
        reason="น้ำท่วม",
        body=world.province,
        by=world.administrator,
        at=AT,
        on=august,
    )
    assert changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=august)
    assert Scorecard.objects.get(pk=card.pk).version == 1


def test_an_indicator_of_opdcs_list_is_taken_as_it_is_or_made_ones_own(world: World) -> None:
    from esar.agree.indicators.actions import load_listed_indicators
    from esar.agree.indicators.models import IndicatorVersion
    from esar.agree.scorecards.actions import open_scorecard

    assert [load_listed_indicators(2567, at=AT) for _ in range(2)] == [18, 0]
    listed = IndicatorVersion.objects.get(indicator__listed_as="province-kpis/e1")
    card = open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)
    texts = fields("1.1", template=listed, name=listed.name)
    made = save_kpi(card, texts, by=world.reporter, at=AT, on=ON)

    assert made.template.indicator.body == world.province
    assert made.template.indicator.listed_as == "province-kpis/e1"
    assert IndicatorVersion.objects.filter(indicator=listed.indicator).count() == 1


def test_a_given_component_cannot_be_taken_from_the_library_or_changed(world: World) -> None:
    from esar.agree.scorecards.actions import open_scorecard

    card = open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)
    given = kpi(card, "2.1")
    taken = fields("1.9", template=given.template)
    for values, old, refusals in (
        (taken, None, ["kpi.given_by_rules", "kpi.already_here"]),
        (fields("2.1"), given, ["kpi.given_by_rules"]),
    ):
        with pytest.raises(Refused) as refused:
            save_kpi(card, values, by=world.reporter, at=AT, on=ON, kpi=old)
        assert codes(refused) == refusals


@pytest.mark.parametrize(
    ("weight", "targets", "why", "expected"),
    [
        (None, [], "เหตุ", ["offer.nothing_new"]),
        (None, ["53", "50", "58"], "เหตุ", ["score.targets_do_not_rise"]),
        (Decimal(15), [], " ", ["form.no_reason"]),
    ],
)
def test_an_offer_says_something_new_that_the_rules_allow(
    world: World, weight: Decimal | None, targets: list[str], why: str, expected: list[str]
) -> None:

    card = submitted(world)
    with pytest.raises(Refused) as refused:
        counter(
            card,
            kpi(card),
            weight=weight,
            targets=targets,
            why=why,
            by=world.secretaries["L1-P"],
            at=AT,
            on=ON,
        )
    assert codes(refused) == expected


def test_a_sitting_keeps_what_was_on_the_table(world: World) -> None:
    from esar.agree.committees.models import AgendaItem

    card = in_force(world)
    Kpi.objects.filter(scorecard=card, number="1.1").update(targets=["1", "2", "3"])
    tabled = AgendaItem.objects.filter(scorecard=card).order_by("pk")[0]

    assert tabled.content["kpis"][0]["targets"] == ["80", "85", "90"]
    assert (tabled.present, tabled.needed) == (3, 2)


def test_one_resolution_for_many_gives_each_the_checks_of_a_single_one(world: World) -> None:
    from esar.agree.committees import actions as sittings
    from esar.agree.committees import resolutions
    from esar.agree.committees.models import AgendaItem
    from esar.platform.organisations.actions import appoint
    from esar.platform.organisations.models import Jurisdiction
    from tests.make import close, open_sitting
    from tests.show.public.make import province

    first, other = submitted(world), province("TH-75")
    Jurisdiction.objects.create(committee=world.level1, body=other)
    Jurisdiction.objects.create(committee=world.level2, body=other)
    for person, role in ((world.reporter, "reporter"), (world.approver, "approver")):
        appoint(person, role, by=None, at=AT, on=ON, body=other)
        person.__dict__.pop("_held", None)
    world.province = other
    second = submitted(world)
    sitting = open_sitting(world, world.level1, first, second)
    Kpi.objects.filter(scorecard=second, number="1.1").update(targets=["1", "2", "3"])
    items = list(AgendaItem.objects.filter(sitting=sitting).select_related("sitting"))
    resolution = resolutions.Resolution("opinion")
    done = resolutions.resolve_many(items, resolution, by=world.secretaries["L1-P"], at=AT, on=ON)
    assert [one.outcome for one in AgendaItem.objects.filter(sitting=sitting)] == ["opinion", ""]
    sittings.take_off_agenda(items[1], by=world.secretaries["L1-P"], at=AT, on=ON)
    close(sitting, by=world.secretaries["L1-P"])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("decide", "opinion")
    assert [[problem.code for problem in one.problems] for one in done] == [
        [],
        ["sitting.table_changed"],
    ]


def test_the_csv_holds_what_one_may_see_and_no_more(world: World) -> None:
    from django.test import Client

    draft(world)
    submitted(world, world.department)
    found = []
    for person in (world.reporter, world.reporter_d, world.analyst, world.secretaries["L2-MOC"]):
        client = Client()
        client.force_login(person)
        text = client.get("/scorecards/kpis.csv?year=2567").content.decode("utf-8-sig")
        found.append({line.split(",")[1] for line in text.splitlines()[1:]})
    assert found == [{"TH-74"}, {"DIT"}, {"TH-74", "DIT"}, {"DIT"}]
