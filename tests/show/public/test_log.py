"""The log in public: what was signed is there for everybody, and so is the proof of each event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from esar.config.command import main
from esar.exchange.packaging.replay import replay_bytes
from esar.exchange.witnessing.checkpoints import difference
from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.proofs import checked
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.platform.history.checkpoints.actions import sign_log
from esar.platform.history.checkpoints.queries import tree
from esar.platform.history.models import Checkpoint, Event
from esar.show.public.log import queries
from tests.exchange.witnessing.make import LOG_KEY, WITNESS_KEY
from tests.judge.results.make import RELEASED_AT, assessed, released
from tests.make import AT, World
from tests.platform.history.make import write_anew


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> None:
    """The site signs its log."""
    path = tmp_path / "log.key"
    write_signing_key(path, LOG_KEY)
    settings.LOG_KEY = str(path)


@pytest.fixture
def log(world: World, key: None) -> World:  # noqa: ARG001 it signs with it
    """A log with a released result, signed."""
    released(world)
    sign_log(at=AT)
    queries._tree.cache_clear()
    return world


def answer(address: str) -> Any:
    return Client().get(address)


@pytest.mark.usefixtures("world", "strict_templates")
def test_a_site_that_signs_nothing_says_so() -> None:
    assert "ยังไม่มีการลงนามประวัติ" in answer("/log/").content.decode()
    assert answer("/log/checkpoint").status_code == 404
    assert answer("/log/events/1/proof.json").status_code == 404


@pytest.mark.usefixtures("log", "strict_templates")
def test_the_page_shows_the_checkpoint_the_keys_and_the_witnesses(settings: Any) -> None:
    settings.WITNESSES = f"https://witness.example {WITNESS_KEY.public}"
    stored = Checkpoint.objects.get()
    page = answer("/log/").content.decode()

    for text in (stored.note.splitlines()[2], str(LOG_KEY.public), str(WITNESS_KEY.public)):
        assert text.replace("+", "&#x2B;") in page.replace("+", "&#x2B;")
    assert "ยังไม่เคยลงนาม" in page
    assert answer("/log/checkpoint").content.decode() == stored.note
    assert answer("/log/checkpoint")["Content-Type"] == "text/plain; charset=utf-8"
    assert answer(f"/log/checkpoints/{stored.size}").content.decode() == stored.note
    assert answer("/log/checkpoints/1").status_code == 404


@pytest.mark.usefixtures("log")
def test_the_proof_of_an_event_is_checked_by_anybody(tmp_path: Path) -> None:
    content = answer("/log/events/3/proof.json").json()
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(content), "utf-8")
    command = ["audit", "proof", str(file), "--key"]

    assert checked(content, [LOG_KEY.public])[1] == 1
    assert content["events"][0]["hash"] == Event.objects.get(number=3).hash
    assert set(content["events"][0]) == {"number", "hash", "proof"}
    assert CliRunner().invoke(main, [*command, str(LOG_KEY.public)]).exit_code == 0
    assert CliRunner().invoke(main, [*command, str(WITNESS_KEY.public)]).exit_code == 1

    content["events"][0]["hash"] = Event.objects.get(number=4).hash
    with pytest.raises(Refused, match=r"proof\.not_in_the_log"):
        checked(content, [LOG_KEY.public])
    for broken in ({}, [], {**content, "events": []}, {**content, "events": [{"number": 1}]}):
        with pytest.raises(Refused, match=r"proof\.not_a_proof"):
            checked(broken, [LOG_KEY.public])


@pytest.mark.usefixtures("log")
def test_an_event_after_the_checkpoint_has_no_proof_yet() -> None:
    last = Checkpoint.objects.get().size

    assert answer(f"/log/events/{last}/proof.json").status_code == 200
    assert answer(f"/log/events/{last + 1}/proof.json").status_code == 404
    assert answer("/log/events/0/proof.json").status_code == 404


@pytest.mark.usefixtures("log")
def test_the_proofs_of_a_body_are_of_its_released_results() -> None:
    code = Result.objects.get().body.code
    content = answer(f"/log/agencies/{code}/proof.json").json()
    numbers = [event["number"] for event in content["events"]]

    assert checked(content, [LOG_KEY.public])[1] == 2
    assert list(Event.objects.filter(number__in=numbers).values_list("verb", flat=True)) == [
        "result.computed",
        "result.release",
    ]
    assert answer("/log/agencies/none/proof.json").status_code == 404


@pytest.mark.usefixtures("key")
def test_a_result_that_is_not_released_has_no_public_proof(world: World) -> None:
    assessed(world)
    sign_log(at=AT)

    assert answer(f"/log/agencies/{Result.objects.get().body.code}/proof.json").status_code == 404


@pytest.mark.usefixtures("log", "strict_templates")
def test_a_log_written_anew_is_told_on_its_page_and_proves_nothing() -> None:
    write_anew()

    assert "ประวัติไม่ตรงกับที่ลงนามไว้ล่าสุด" in answer("/log/").content.decode()
    assert answer("/log/events/3/proof.json").status_code == 404


@pytest.mark.usefixtures("log")
def test_a_package_holds_the_first_checkpoint_that_its_results_are_under() -> None:
    """Whoever keeps it finds a chain that was written anew, whatever the database says since."""
    first = Checkpoint.objects.get()
    package = answer("/results/2567/data/package.zip").content
    report = replay_bytes(package, "package.zip", key=LOG_KEY.public)
    sign_log(at=AT)

    assert (report.identical, report.checkpoint and report.checkpoint.size) == (True, first.size)
    assert answer("/results/2567/data/package.zip").content == package

    write_anew()
    problem = report.checkpoint and difference(report.checkpoint, tree())
    assert [problem and problem.code] == ["checkpoint.log_is_another"]


@pytest.mark.usefixtures("key")
def test_a_package_of_results_that_are_not_signed_yet_holds_no_checkpoint(world: World) -> None:
    assessed(world)
    sign_log(at=AT)
    on = timezone.localdate(RELEASED_AT)
    release(Result.objects.all(), by=world.analyst, at=RELEASED_AT, on=on)
    early = replay_bytes(answer("/results/2567/data/package.zip").content, "package.zip")
    sign_log(at=AT)
    later = replay_bytes(answer("/results/2567/data/package.zip").content, "package.zip")

    assert (early.checkpoint, early.identical, later.identical) == (None, True, True)
    size = Checkpoint.objects.latest("size").size
    assert [later.checkpoint and later.checkpoint.size] == [size]
