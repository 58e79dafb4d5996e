"""What provinces choose of the 18 comes in from a file, into drafts, whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.province_kpis import actions as intake
from esar.agree.scorecards.actions import OWN_FIELDS, save_kpi
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.history.models import Event
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from tests.agree.province_kpis.make import DRUGS, DUST, HEAD, YEAR, Choices
from tests.make import AT, ON, World, person
from tests.show.public.make import province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture
def choices(world: World) -> Choices:
    return Choices(world)


def counts(loaded: Any) -> tuple[int, int, int]:
    assert loaded.problems == []
    return loaded.new, loaded.changed, loaded.same


def client_of(who: Any) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(who)
    return client


def test_a_province_s_draft_gets_the_kpis_that_it_chose(choices: Choices) -> None:
    assert counts(choices.loads(DUST + DRUGS)) == (2, 0, 0)

    assert choices.told() == [
        ("1.1", "n2", "20", ["26", "24", "22"], "มคก./ลบ.ม.", "lower"),
        ("1.2", "s2", "15", ["80", "85", "90"], "ร้อยละ", "higher"),
    ]
    assert [kpi.kind for kpi in choices.kpis] == ["kind.joint-agenda", ""]
    events = Event.objects.filter(verb="kpi.added", body_code="TH-74").order_by("number")
    assert [event.after["number"] for event in events] == ["1.1", "1.2"]


def test_sent_again_it_changes_what_differs_and_takes_nothing_away(choices: Choices) -> None:
    choices.loads(DUST + DRUGS)

    assert counts(choices.loads(DUST)) == (0, 0, 1)
    assert counts(choices.loads("TH-74,n2,,26,23,21.50,,\n")) == (0, 1, 0)
    assert counts(choices.loads("TH-74,N2,25,,,,,\n")) == (0, 1, 0)

    assert choices.told() == [
        ("1.1", "n2", "25", ["26", "23", "21.5"], "มคก./ลบ.ม.", "lower"),
        ("1.2", "s2", "15", ["80", "85", "90"], "ร้อยละ", "higher"),
    ]


def test_a_direction_that_the_list_leaves_open_stays_open_until_it_is_chosen(
    choices: Choices,
) -> None:
    choices.loads("TH-74,S3,10,90,80,70,,\n")
    assert [kpi.template.direction for kpi in choices.kpis] == [""]

    assert counts(choices.loads("TH-74,S3,10,90,80,70,,lower\n")) == (0, 1, 0)
    assert [kpi.template.direction for kpi in choices.kpis] == ["lower"]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (",N2,20,26,24,22,,\n", [("province-kpi.row_incomplete", 2)]),
        ("TH-74,,20,26,24,22,,\n", [("province-kpi.row_incomplete", 2)]),
        ("DIT,N2,20,26,24,22,,\n", [("province-kpi.no_province", 2)]),
        ("TH-74,N9,20,26,24,22,,\n", [("province-kpi.not_listed", 2)]),
        ("TH-74,N2,0,26,24,22,,\n", [("form.weight_out_of_range", 2)]),
        ("TH-74,N2,100.5,26,24,22,,\n", [("form.weight_out_of_range", 2)]),
        ("TH-74,N2,1.00001,26,24,22,,\n", [("form.too_many_decimals", 2)]),
        ("TH-74,N2,20,26,24,,,\n", [("province-kpi.targets_count", 2)]),
        ("TH-74,N2,20,22,24,26,,\n", [("province-kpi.targets_order", 2)]),
        ("TH-74,S3,20,22,24,23,,\n", [("province-kpi.targets_order", 2)]),
        ("TH-74,S3,20,22,22,23,,\n", [("province-kpi.targets_order", 2)]),
        ("TH-74,S3,20,22,24,26,,lower\n", [("province-kpi.targets_order", 2)]),
        ("TH-74,N2,20,22,24,26,,higher\n", [("province-kpi.said_by_list", 2)]),
        ("TH-74,S2,20,80,85,90,คน,\n", [("province-kpi.said_by_list", 2)]),
        (DUST + DUST, [("province-kpi.twice", 2), ("province-kpi.twice", 3)]),
        (DUST + "TH-74,S2,many,80,85,90,,\n", [("file.not_a_number", 3)]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_and_nothing_is_taken_in(
    choices: Choices, rows: str, problems: list[tuple[str, int]]
) -> None:
    found = choices.loads(rows).problems

    assert [(each.code, each.place.row if each.place else None) for each in found] == problems
    assert choices.kpis == []
    for each in found:
        assert all("{" not in problem_sentence(each, language) for language in ("th", "en"))


def test_a_province_without_a_scorecard_is_told_so(choices: Choices) -> None:
    province("TH-73")

    found = choices.loads(DUST + DUST.replace("TH-74", "TH-73")).problems

    assert [(each.code, each.figures["body"]) for each in found] == [
        ("province-kpi.no_scorecard", "TH-73")
    ]
    assert choices.kpis == []


@pytest.mark.parametrize("state", ["proposed", "opinion", "collect", "in_force"])
def test_a_scorecard_that_is_no_draft_is_refused_in_a_sentence(
    choices: Choices, state: str
) -> None:
    bound = {"collect": "a" * 64, "in_force": "a" * 64}.get(state, "")
    version = int(state == "in_force")
    Scorecard.objects.filter(pk=choices.card.pk).update(
        state=state, approved_sha256=bound, version=version
    )

    found = choices.loads(DUST).problems

    assert [each.code for each in found] == [
        "scorecard.bound" if bound else "scorecard.wrong_state"
    ]
    assert choices.kpis == []


def test_who_may_load_it_is_the_province_itself_and_opdc(choices: Choices) -> None:
    world = choices.world
    other = person("elsewhere", (Role.REPORTER, province("TH-73")))

    assert [each.code for each in choices.loads(DUST, by=other).problems] == ["access.wrong_role"]
    for who in (world.approver, world.administrator, world.secretaries["L2-P"]):
        with pytest.raises(Refused) as refusal:
            choices.loads(DUST, by=who)
        assert [each.code for each in refusal.value.problems] == ["access.wrong_role"]
    assert choices.kpis == []
    assert counts(choices.loads(DUST, by=world.reporter)) == (1, 0, 0)


def test_what_was_saved_while_the_file_was_read_is_not_undone(
    choices: Choices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file says the weight alone: the evidence that somebody wrote meanwhile stays."""
    choices.loads(DUST + DRUGS)
    read_rows = intake.read_rows

    def while_it_is_read(*read: Any) -> Any:
        rows = read_rows(*read)
        kpi = choices.kpis[0]
        values = {name: getattr(kpi, name) for name in OWN_FIELDS} | {"evidence_plan": "รายงานกรม"}
        reporter = choices.world.reporter
        save_kpi(choices.card, values, by=reporter, at=AT, on=ON, kpi=kpi)
        return rows

    monkeypatch.setattr(intake, "read_rows", while_it_is_read)
    with pytest.raises(Refused) as refusal:
        choices.loads("TH-74,S2,10,,,,,\nTH-74,N2,25,,,,,\n")
    told = [(each.code, each.place.row) for each in refusal.value.problems]
    assert told == [("kpi.changed_meanwhile", 3)]
    assert [(kpi.evidence_plan, kpi.weight) for kpi in choices.kpis] == [
        ("รายงานกรม", 20),
        ("", 15),
    ]

    monkeypatch.undo()
    assert counts(choices.loads("TH-74,N2,25,,,,,\n")) == (0, 1, 0)
    assert (choices.kpis[0].evidence_plan, choices.kpis[0].weight) == ("รายงานกรม", 25)


def test_a_share_over_the_whole_is_told_beside_its_row_and_taken_in(choices: Choices) -> None:
    loaded = choices.loads("TH-74,S2,15,80,85,150,,\n")

    assert counts(loaded) == (1, 0, 0)
    (row,) = loaded.rows
    assert [(each.code, each.figures["targets"]) for each in row.notes] == [
        ("finding.beyond_bounds", (Decimal(150),))
    ]


def test_whoever_loaded_it_does_not_collect_the_scorecard(choices: Choices) -> None:
    """The table's own-work rule: what one has written one does not pass on."""
    choices.loads(DUST)
    choices.is_now("collect")
    card = Scorecard.objects.select_related("body__parent").get(pk=choices.card.pk)
    colleague = person("analyst-2", (Role.ANALYST, None))

    verdicts = [
        SCORECARD_LIFE.may(who, card, "collect", ON) for who in (choices.world.analyst, colleague)
    ]

    assert [each.problem.code if each.problem else "" for each in verdicts] == [
        "access.own_work",
        "",
    ]


def test_the_page_takes_it_in_or_says_row_by_row_why_not(choices: Choices) -> None:
    client = client_of(choices.world.analyst)
    page = f"/province-kpis/load/{YEAR}/"

    assert client.get(page).status_code == 200
    assert client.get("/province-kpis/load/2554/").status_code == 404
    for text, status in ((DUST.replace("N2", "N9"), 422), (DUST, 200)):
        sent = SimpleUploadedFile("choices.csv", (HEAD + text).encode())
        assert client.post(page, {"file": sent}).status_code == status
    assert [row[1] for row in choices.told()] == ["n2"]


def test_all_provinces_stand_side_by_side_for_one_kpi_before_the_sitting(
    choices: Choices,
) -> None:
    choices.loads(DUST + DRUGS)
    choices.is_now("decide")
    page = f"/province-kpis/?year={YEAR}&item=n2"

    shown = client_of(choices.world.secretaries["L2-P"]).get(page)
    nobody = client_of(choices.world.reporter_d).get(page)

    rows = [line.row for line in shown.context["list"].lines]
    assert [(row.scorecard.body.code, row.targets) for row in rows] == [
        ("TH-74", ["26", "24", "22"])
    ]
    provinces = {item.id: count for item, count in shown.context["items"]}
    assert {item: count for item, count in provinces.items() if count} == {"n2": 1, "s2": 1}
    assert len(provinces) == 18
    assert list(nobody.context["list"].lines) == []


def test_a_committee_does_not_see_what_is_still_a_draft(choices: Choices) -> None:
    choices.loads(DUST)

    shown = client_of(choices.world.secretaries["L2-P"]).get(f"/province-kpis/?year={YEAR}")

    assert list(shown.context["list"].lines) == []


def test_its_file_can_be_sent_back(choices: Choices) -> None:
    choices.loads(DUST + DRUGS)
    client = client_of(choices.world.analyst)
    text = client.get(f"/province-kpis/list.csv?year={YEAR}").content

    sent = SimpleUploadedFile("choices.csv", text)
    answer = client.post(f"/province-kpis/load/{YEAR}/", {"file": sent})

    assert (answer.status_code, answer.context["loaded"].same) == (200, 2)
    assert client.get(f"/province-kpis/list.xlsx?year={YEAR}").status_code == 200


def test_more_provinces_cost_no_more_queries(choices: Choices) -> None:
    choices.loads(DUST)
    client = client_of(choices.world.analyst)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/province-kpis/?year={YEAR}").status_code == 200
        return len(captured)

    cost()  # what a process reads once
    before = cost()
    kpi = choices.kpis[0]
    for number in range(3):
        card = Scorecard.objects.create(
            body=province(f"TH-9{number}"), fiscal_year=YEAR, since=AT + timedelta(days=1)
        )
        Kpi.objects.create(
            scorecard=card, number="1.1", component="performance", template=kpi.template
        )
    assert cost() == before


def test_the_committees_of_provinces_and_t6_lead_there(choices: Choices) -> None:
    client = client_of(choices.world.secretaries["L2-P"])
    pages = {
        "/committees/L2-P/": True,
        "/committees/L2-MOC/": False,
        f"/years/{YEAR}/tables/T6/": True,
        f"/years/{YEAR}/tables/T1/": False,
    }

    leads = {
        page: f'href="/province-kpis/?year={YEAR}' in client.get(page).content.decode()
        for page in pages
    }

    assert leads == pages
    assert "/province-kpis/" not in Client().get(f"/years/{YEAR}/tables/T6/").content.decode()
