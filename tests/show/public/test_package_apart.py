"""The data package has what bodies gave of themselves once it was put to the Prime Minister."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from esar.exchange.packaging.replay import replay_bytes
from esar.report.self_evaluations.models import SelfEvaluation
from esar.report.self_evaluations.states import CHECKED, PUT
from esar.show.public.open_data.queries import package_of
from tests.judge.results.make import released
from tests.make import AT, World
from tests.report.self_evaluations.make import army

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def rows_in(content: bytes) -> list[list[str]]:
    text = zipfile.ZipFile(io.BytesIO(content)).read("data/self_evaluations.csv")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[1:]


def test_it_stands_there_apart_from_the_day_on_which_it_was_put(world: World) -> None:
    released(world)
    papers = SelfEvaluation.objects.create(
        body=army(),
        fiscal_year=2567,
        round_id="12m",
        total=Decimal("4.5"),
        scale=Decimal(5),
        grade="ดีมาก",
        received_on=date(2024, 11, 4),
        state=CHECKED,
        since=AT,
    )
    before = package_of(2567)
    papers.state, papers.put_on = PUT, date(2024, 11, 18)
    papers.save()
    after = package_of(2567)

    assert before is not None
    assert after is not None
    assert rows_in(before.content) == []
    [row] = rows_in(after.content)
    assert (row[0], row[1], *row[4:]) == ("RTA", "12m", "4.5", "5", "ดีมาก", "2024-11-18", "false")
    assert before.count == after.count
    assert replay_bytes(after.content, "package.zip").identical
