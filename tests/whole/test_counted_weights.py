"""Once a KPI is cancelled, every page and file shows the weights that are scored, and marks it."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.scorecards.counted_weights import weights_of
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.judge.assessments.models import Assessment
from esar.judge.results.models import Result
from esar.kernel.chain import digest
from esar.report.reports.models import Report
from tests.judge.results.make import released
from tests.make import AT, FEBRUARY, World, in_force, kpi, request_fields, resolved, told
from tests.remembered import forget
from tests.report.reports import make as reports
from tests.whole.make_weights import plain, weights_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world: World) -> World:
    """A world whose builders are not remembered: this module puts others in their place."""
    forget(world)
    return world


# 1.6 had 10 of the 70: 10 × 20 ÷ 60 = 3.3333 to 1.1, 10 × 10 ÷ 60 = 1.6667 to each of the others;
# 1.1 has the largest part and takes what rounding leaves: 10 − 4 × 1.6667 = 3.3332.
COUNTED = {
    "1.1": "23.3332",
    **{f"1.{place}": "11.6667" for place in range(2, 6)},
    "1.6": "–",
    "2.1": "20",
    "2.2": "10",
}


def cancelled(world: World, number: str = "1.6") -> Scorecard:
    """In force, and one KPI cancelled by the committee."""
    card = in_force(world)
    asked = changes.ask(
        card, kpi(card, number), request_fields(cancels=True), by=world.reporter, at=AT, on=FEBRUARY
    )
    CHANGE_LIFE.move(asked, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(asked, "submit", by=world.approver, at=AT, on=FEBRUARY)
    resolved(world, world.level2, asked, "approve", on=FEBRUARY)
    told(world, asked)
    card.refresh_from_db()
    return card


def test_a_version_holds_the_weights_that_count(world: World) -> None:
    card = cancelled(world)
    version = ScorecardVersion.objects.get(scorecard=card, number=2)

    assert {
        one["number"]: one["effective_weight"] for one in version.content["kpis"]
    } == COUNTED | {"1.6": "0"}
    assert {one["number"]: one["weight"] for one in version.content["kpis"]}["1.6"] == "10"
    assert sum(Decimal(one["effective_weight"]) for one in version.content["kpis"]) == 100
    assert digest(version.content) == version.sha256 == card.approved_sha256


def test_content_of_an_earlier_release_is_worked_out_and_stays_as_it_was(world: World) -> None:
    card = cancelled(world)
    version = ScorecardVersion.objects.get(scorecard=card, number=2)
    former = {
        **version.content,
        "kpis": [
            {name: value for name, value in one.items() if name != "effective_weight"}
            for one in version.content["kpis"]
        ],
    }
    agreed = type(version.agreed).from_json(former)

    assert agreed.to_json() == former
    weights = weights_of(agreed, card.body)
    assert plain({number: weight.counted for number, weight in weights.items()}) == COUNTED


def test_a_scorecard_without_a_cancelled_kpi_says_nothing_of_counted_weights(world: World) -> None:
    card = in_force(world)
    version = ScorecardVersion.objects.get(scorecard=card)
    assert {name for one in version.content["kpis"] for name in one} & {
        "effective_weight",
        "rounds",
    } == set()


@pytest.fixture
def released_without_a_kpi(world: World, monkeypatch: pytest.MonkeyPatch) -> Result:
    """The six-month result of a scorecard of which 1.6 was cancelled."""
    monkeypatch.setattr(reports, "in_force", lambda world, _body=None: cancelled(world))
    return released(world)


def test_every_page_shows_the_weights_that_were_scored(
    world: World, client: Client, released_without_a_kpi: Result
) -> None:
    result = released_without_a_kpi
    card = Scorecard.objects.get(body=world.province)
    report = Report.objects.get(scorecard=card, round_id="6m")
    assessment = Assessment.objects.get(report=report)
    client.force_login(world.analyst)
    pages = [
        reverse("scorecards:scorecard-work", args=[card.pk]),
        reverse("agreements:version", args=[card.pk, 2]),
        reverse("agreements:agreement", args=[card.body.code, 2567]),
        reverse("reports:report", args=[report.pk]),
        reverse("reports:report-card", args=[report.pk]),
        reverse("assessments:assessment", args=[assessment.pk]),
        reverse("public:scorecard", args=[2567, "6m", card.body.code]),
    ]

    shown = {page: client.get(page).content.decode() for page in pages}

    assert {page: weights_on(text) for page, text in shown.items()} == dict.fromkeys(pages, COUNTED)
    assert {page for page, text in shown.items() if "⊘" not in text} == set()
    scored = {one["id"]: one["weight"] for one in result.explanation["kpis"]}
    assert scored == COUNTED | {"1.6": "10"}  # what it had; its status says that it does not count


@pytest.mark.usefixtures("released_without_a_kpi")
def test_the_files_hold_the_weights_that_were_scored(world: World, client: Client) -> None:
    client.force_login(world.analyst)
    address = reverse("scorecards:scorecards-export", args=["csv"])
    text = client.get(f"{address}?year=2567").content.decode("utf-8-sig")
    rows = {row["kpi"]: row for row in csv.DictReader(io.StringIO(text))}

    counted = {number: Decimal(row["weight"]) for number, row in rows.items()}
    assert plain({number: weight or None for number, weight in counted.items()}) == COUNTED
    assert Decimal(rows["1.6"]["agreed_weight"]) == 10
    assert rows["1.6"]["cancelled"].startswith("ยกเลิกตาม")

    packed = client.get(reverse("public:data-package", args=[2567]))
    data = b"".join(packed.streaming_content) if packed.streaming else packed.content
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        table = package.read("data/kpis.csv").decode("utf-8-sig")
    in_package = {
        row["kpi"]: row["weight"] or "–"
        for row in csv.DictReader(io.StringIO(table))
        if row["round"] == "6m"
    }
    assert in_package == COUNTED


def test_the_weights_of_a_scorecard_that_was_cancelled_before_are_worked_out_in_the_file(
    world: World, client: Client
) -> None:
    card = cancelled(world)
    Kpi.objects.filter(scorecard=card).update(effective_weight=None)
    client.force_login(world.analyst)
    address = reverse("scorecards:scorecards-export", args=["csv"])
    text = client.get(f"{address}?year=2567").content.decode("utf-8-sig")
    rows: dict[str, Any] = {row["kpi"]: row for row in csv.DictReader(io.StringIO(text))}
    assert Decimal(rows["1.1"]["weight"]) == Decimal("23.3332")
    assert Decimal(rows["1.6"]["weight"]) == 0
