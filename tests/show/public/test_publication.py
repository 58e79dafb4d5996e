"""What the public sees after release, and that anyone can compute it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.exchange.packaging.replay import replay_bytes
from esar.judge.results.actions import record_result
from esar.judge.results.models import Result
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import score
from tests.exchange.packaging.make import older_rulebook
from tests.judge.results.make import released
from tests.make import World
from tests.show.public.make import AT, card, province

PATHS = (
    "/results/2567/6m/",
    "/results/2567/6m/overview/",
    "/results/2567/6m/TH-74/",
    "/results/2567/6m/TH-74/explanation/",
    "/results/2567/6m/TH-74/compare/",
    "/results/2567/data/",
    "/agencies/TH-74/",
)


@pytest.fixture
def result(db: None) -> Result:  # noqa: ARG001
    return released(World())


@pytest.mark.usefixtures("strict_templates")
def test_every_public_page_answers_in_both_languages(result: Result) -> None:
    client = Client()
    for language in ("th", "en"):
        client.get(f"/language/{language}/")
        for path in PATHS:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.content.decode()[:2000])
    assert f"{result.total:f}".rstrip("0") in client.get("/results/2567/6m/TH-74/").content.decode()


def test_the_package_of_a_year_is_replayed_by_a_machine_that_never_saw_the_database(
    result: Result, tmp_path: Path
) -> None:
    answer = Client().get("/results/2567/data/package.zip")
    assert answer.status_code == 200
    package = tmp_path / "esar-2567.zip"
    package.write_bytes(answer.content)
    command = [sys.executable, "-m", "esar.exchange.cli.main", "replay", str(package), "--json"]
    same = subprocess.run(
        command,
        env={"PATH": "", "LANG": "C.UTF-8"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert same.returncode == 0, same.stdout + same.stderr
    assert answer["ETag"].strip('"') in same.stdout
    assert result.rulebook_sha256 in same.stdout


def test_a_year_whose_rulebook_was_written_anew_between_two_results_has_its_package(
    result: Result, settings: Any, tmp_path: Path
) -> None:
    """As after an upgrade: one result was computed before it, one after."""
    settings.RULEBOOK = older_rulebook(tmp_path)
    before = read_rulebook(tmp_path, 2567)
    body = province("TH-11")
    earlier = record_result(body, score(card(body), before), is_demo=True, at=AT)

    assert earlier.rulebook_sha256 != result.rulebook_sha256
    assert Client().get("/results/2567/data/").status_code == 200
    package = Client().get("/results/2567/data/package.zip")
    report = replay_bytes(package.getvalue(), "esar-2567.zip")
    assert (report.problems, report.identical, report.recomputed) == ((), True, 2)


def test_the_package_is_the_same_bytes_until_something_is_released(result: Result) -> None:
    from django.core.cache import cache

    first = Client().get("/results/2567/data/package.zip").content
    cache.clear()
    assert Client().get("/results/2567/data/package.zip").content == first
    assert result.state == "released"


@pytest.mark.parametrize(
    "address", ["/results/2567/data/package.zip", "/results/2567/6m/TH-74/score.json"]
)
@pytest.mark.usefixtures("result")
def test_who_has_the_file_already_is_told_that_it_is_the_same(address: str) -> None:
    client = Client()
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    packed = client.get(address, headers={"If-None-Match": f"W/{first['ETag']}"})
    other = client.get(address, headers={"If-None-Match": '"another"'})

    assert (first.status_code, same.status_code, packed.status_code) == (200, 304, 304)
    assert (same.content, same["ETag"]) == (b"", first["ETag"])
    assert (other.status_code, other.content) == (200, first.content)


def test_what_was_lost_is_told_the_largest_first(result: Result) -> None:
    from esar.show.public.queries import points_lost

    lost = points_lost(result.explanation)
    assert [one.lost for one in lost] == sorted((one.lost for one in lost), reverse=True)
    assert sum(one.lost for one in lost) + result.total == 70


def test_a_year_without_results_has_no_package(result: Result) -> None:  # noqa: ARG001
    assert Client().get("/results/2561/data/").status_code == 404
