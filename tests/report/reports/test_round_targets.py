"""A 6-month round is scored over what is measured in it, against the targets agreed for it."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.committees.models import AgendaItem
from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.content import content, kpis_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.results.linkage import linkage, take_of
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.report.reports import writing
from esar.report.reports.content import sheet_of
from esar.report.reports.models import Report
from tests import make
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, assessed, release
from tests.make import AT, ON, World, fields
from tests.remembered import forget
from tests.report.reports import make as reports
from tests.report.reports.make import APRIL, AT_APRIL, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world: World) -> World:
    """A world whose builders are not remembered: this module puts others in their place."""
    forget(world)
    return world


YEAR = ["1150.40", "1202.17", "1256.27"]
ROUND = ["560", "600", "640"]
OWN = [{"round": "6m", "held_to": "round", "targets": ROUND}]


def million(number: str, **changed: Any) -> dict[str, Any]:
    """A KPI that adds up over the year, in millions of baht."""
    values = {"unit": "ล้านบาท", "accumulation": "sum", "targets": YEAR, "kind": "kind.area"}
    return fields(number, **(values | changed))


def draft_of(world: World, *kpis: dict[str, Any]) -> Scorecard:
    """The province's draft with these KPIs."""
    card = make.open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)
    for values in kpis:
        save_kpi(card, values, by=world.reporter, at=AT, on=ON)
    return card


# Of 70: 40 are held to targets of the round, 10 add up without any, 20 are held to the year's.
THREE = (
    million("1.1", weight=Decimal(40), rounds=OWN),
    million("1.2", weight=Decimal(10)),
    fields("1.3", weight=Decimal(20)),
)


def report_6m(world: World, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(make, "draft", lambda world, _body=None: draft_of(world, *THREE))
    report = reports.report_of(world)
    for number, actual in (("1.1", "620"), ("1.3", "85")):
        writing.save_claim(
            report, number, said(actual), revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )
    return report


def test_a_summed_kpi_is_held_to_the_targets_of_its_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_of(report_6m(world, monkeypatch))
    lines = {line.number: line for line in sheet.lines}
    assert sheet.score is not None

    # 75 + 25 × (620 − 600) ÷ 40 = 87.5, × 40 ÷ 100 = 35; 85 is the standard target: 75 × 20 ÷ 100
    scored = {number: line.scored for number, line in lines.items()}
    assert [(one.status, one.points) for one in (scored["1.1"], scored["1.2"], scored["1.3"])] == [
        ("reported", Decimal("87.5000")),
        ("not_due", None),
        ("reported", Decimal("75.0000")),
    ]
    assert (sheet.score.total, sheet.score.out_of) == (Decimal("50.00"), Decimal(60))
    assert [number for number, line in lines.items() if line.is_due] == ["1.1", "1.3"]
    assert lines["1.1"].targets == tuple(ROUND)
    assert [step.code for step in scored["1.1"].steps] == [
        "step.held_to_the_round",
        "step.between",
        "step.rounded",
        "step.weighted",
    ]
    assert [step.code for step in scored["1.2"].steps] == ["step.not_measured"]


def test_what_a_round_does_not_measure_is_not_written_in_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_6m(world, monkeypatch)
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report, "1.2", said("620"), revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )
    assert [problem.code for problem in refused.value.problems] == ["claim.not_due"]


def test_the_year_is_scored_against_the_year(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "draft", lambda world, _body=None: draft_of(world, *THREE))
    sheet = sheet_of(reports.report_of(world, "12m"))
    assert [line.targets for line in sheet.lines[:2]] == [tuple(YEAR), tuple(YEAR)]
    assert [line.is_due for line in sheet.lines] == [True] * 5


def test_the_heads_appraisal_takes_the_round_over_what_it_measured(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_6m(world, monkeypatch)
    monkeypatch.setattr(reports, "filled", lambda *_asked: report)
    assessment = assessed(world)
    result = Result.objects.get(assessment=assessment)
    release([result], by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)
    take = take_of(2567, 1)
    assert take is not None
    (row,) = [row for row in linkage(2567, take) if row.body == world.province]

    # 50 of 60 = 83.33 per cent; against the year's targets it was 0 of 40 for 1.1
    assert (row.points, row.out_of, row.share) == (
        Decimal("50.000000"),
        Decimal(60),
        Decimal("83.33"),
    )

    listed = client.get(reverse("public:results-export", args=[2567, "6m", "csv"]))
    (line,) = csv.DictReader(io.StringIO(listed.content.decode("utf-8-sig")))
    assert (line["total"], line["out_of"]) == ("50.00", "60")
    page = client.get(reverse("public:results", args=[2567, "6m"])).content.decode()
    assert re.search(r"50\.00\s*<span class=\"meta\">/ 60</span>", page)

    client.force_login(world.analyst)
    pages = {
        "report": reverse("reports:report", args=[report.pk]),
        "card": reverse("reports:report-card", args=[report.pk]),
        "claim": reverse("reports:report-claim", args=[report.pk, "1.1"]),
        "assessment": reverse("assessments:assessment", args=[assessment.pk]),
        "public": reverse("public:scorecard", args=[2567, "6m", "TH-74"]),
    }
    texts = {
        name: re.sub(r"\s+", " ", client.get(page).content.decode()) for name, page in pages.items()
    }
    assert {name for name, text in texts.items() if "560 / 600 / 640" not in text} == set()
    assert {name for name, text in texts.items() if "1150.40 / 1202.17" in text} <= {
        "report",
        "card",
        "assessment",
        "public",
    }  # of 1.2 alone, which the round does not measure
    assert {name for name in ("report", "card", "public") if "60" not in texts[name]} == set()


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([{"round": "6m", "held_to": "year"}], "kpi.sum_held_to_the_year"),
        ([{"round": "6m", "held_to": "round", "targets": ["1"]}], "kpi.round_targets_incomplete"),
        (
            [{"round": "6m", "held_to": "round", "targets": ["3", "2", "1"]}],
            "kpi.round_targets_do_not_rise",
        ),
        ([{"round": "9m", "held_to": "none"}], "kpi.no_such_round"),
        ([{"round": "12m", "held_to": "none"}], "kpi.no_such_round"),
    ],
)
def test_what_cannot_stand_of_a_round_is_told(
    world: World, rounds: list[Any], expected: str
) -> None:
    card = draft_of(world, million("1.1", weight=Decimal(70), rounds=rounds))
    problems, _ = check(card, kpis_of(card))
    assert [problem.code for problem in problems] == [expected]


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([], ["kpi.round_not_measured"]),
        ([{"round": "6m", "held_to": "none"}], []),
        (OWN, []),
    ],
)
def test_a_summed_kpi_of_which_nothing_is_said_is_noted(
    world: World, rounds: list[Any], expected: list[str]
) -> None:
    card = draft_of(world, million("1.1", weight=Decimal(70), rounds=rounds))
    _, notes = check(card, kpis_of(card))
    assert [note.code for note in notes if note.code.startswith("kpi.")] == expected


def posted(world: World, client: Client, **typed: str) -> Any:
    """The KPI 1.1 of a draft, saved by its form with other fields."""
    card = draft_of(world, million("1.1", weight=Decimal(70)))
    client.force_login(world.reporter)
    page = reverse("scorecards:kpi-edit", args=[card.pk, "1.1"])
    form = client.get(page).context["form"]
    data = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
    }
    return client.post(page, data | typed), card


def test_the_form_gives_a_round_its_targets(world: World, client: Client) -> None:
    typed = {"round_6m_1": "๕๖๐", "round_6m_2": "600", "round_6m_3": "640"}
    answer, card = posted(world, client, **typed)

    assert answer.status_code == 302
    assert Kpi.objects.get(scorecard=card, number="1.1").rounds == OWN
    assert content(card)["kpis"][0]["rounds"] == OWN


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        (
            {"held_6m": "round", "round_6m_1": "560"},
            "held_6m",
            "โปรดกรอกค่าเป้าหมายของรอบให้ครบทุกระดับ",
        ),
        ({"held_6m": "none", "round_6m_1": "560"}, "held_6m", "ใส่ค่าเป้าหมายของรอบไว้แต่เลือกว่าไม่ใช้"),
        ({"direction": ""}, "direction", "โปรดเลือกทิศทาง"),
    ],
)
def test_the_form_says_what_is_missing_of_a_round_and_keeps_what_was_typed(
    world: World, client: Client, typed: dict[str, str], field: str, code: str
) -> None:
    answer, card = posted(world, client, **typed)

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert str(errors[field][0]).startswith(code)
    assert Kpi.objects.get(scorecard=card, number="1.1").rounds == []
    assert answer.context["form"]["round_6m_1"].value() == typed.get("round_6m_1")


def test_a_kpi_taken_from_the_list_has_no_direction_until_one_is_chosen(
    world: World, client: Client
) -> None:
    load_listed_indicators(2567, at=AT)
    listed = IndicatorVersion.objects.get(indicator__listed_as="province-kpis/n1")
    assert listed.direction == ""
    card = draft_of(world)
    client.force_login(world.reporter)
    page = reverse("scorecards:kpi-new", args=[card.pk])
    form = client.get(f"{page}?from={listed.pk}").context["form"]
    assert form["direction"].value() == ""
    assert "checked" not in str(form["direction"])


def test_the_committee_sees_what_each_round_holds_a_kpi_to(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "draft", lambda world, _body=None: draft_of(world, *THREE))
    sitting = make.open_sitting(world, world.level1, make.submitted(world))
    item = AgendaItem.objects.get(sitting=sitting)
    client.force_login(world.secretaries[world.level1.code])
    page = client.get(
        reverse("committees:agenda-item", args=[sitting.pk, item.pk])
    ).content.decode()
    assert "รอบ 6 เดือน: 560 / 600 / 640" in re.sub(r"\s+", " ", page)
