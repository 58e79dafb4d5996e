"""A disk that is full: reading goes on, writing is a sentence, and uploads are refused before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from esar.kernel.wording import say
from esar.platform.evidence.models import Upload
from esar.platform.ui import clock
from tests.make import World
from tests.report.reports.make import APRIL, report_of

MEGABYTE = 1024**2


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Any) -> None:
    settings.VAR, settings.CLAMD = tmp_path, ""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }
    clock.pretend(APRIL)


def signed_in(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.reporter)
    return client


@pytest.fixture
def full(transactional_db: None) -> Iterator[tuple[World, Any, Client]]:  # noqa: ARG001
    """A world whose database has not one page left. SQLite tells it as it tells a full disk."""
    if connection.vendor != "sqlite":
        pytest.skip("a server's disk cannot be filled by a test")
    world = World()
    report, client = report_of(world), signed_in(world)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filling (bytes BLOB)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        for size in (3000, 300, 30, 3):
            try:
                while True:
                    cursor.execute("INSERT INTO filling VALUES (zeroblob(%s))", [size])
            except OperationalError:
                continue
    yield world, report, client
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
        cursor.execute("DROP TABLE filling")


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_reading_goes_on_and_writing_is_a_sentence(
    full: tuple[World, Any, Client],
) -> None:
    _, report, client = full
    pages = ["/", "/desk/", "/scorecards/", f"/reports/{report.pk}/", "/notices/"]
    answer: Any = None
    for number in range(50):  # until the pages that are begun are full as well
        content = f"หลักฐาน {number}\n".encode()
        file = {"file": SimpleUploadedFile(f"{number}.txt", content, "text/plain")}
        answer = client.post(f"/reports/{report.pk}/kpis/1.1/uploads/", file)
        if answer.status_code != 302:
            break

    assert answer.status_code == 503
    assert say("form.disk_full", {}, "th") in answer.content.decode()
    cache.clear()  # so that the use of the session is to be written
    assert [client.get(path).status_code for path in pages] == [200] * len(pages)


def with_room(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _folder: SimpleNamespace(free=megabytes * MEGABYTE)
    )


def test_uploads_are_refused_before_the_disk_is_full(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DISK_RESERVE = 1024 * MEGABYTE
    report, client = report_of(world), signed_in(world)
    client.cookies["language"] = "en"
    announced = {"name": "ก.pdf", "size": 2 * MEGABYTE}
    answers = []
    for free in (1025, 1026):
        with_room(monkeypatch, free)
        answers.append(client.post(f"/reports/{report.pk}/kpis/1.1/uploads/", announced))

    assert [answer.status_code for answer in answers] == [422, 201]
    assert answers[0].json()["problems"] == [
        "The disk of the site is nearly full (1025 MB free, 1024 MB are kept for the work itself), "
        "so it takes no new files for now. All else goes on, and what you have filled in is as it "
        "was. Tell the administrator."
    ]
    assert Upload.objects.count() == 1


@pytest.mark.django_db
def test_the_doctor_tells_a_disk_that_is_nearly_full(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from esar.operations.doctor import notes

    settings.DISK_RESERVE = 1024 * MEGABYTE
    counts = []
    for free in (1023, 1024):
        with_room(monkeypatch, free)
        codes = [problem.code for problem in notes(timezone.now())]
        counts.append(codes.count("doctor.disk_nearly_full"))

    assert counts == [1, 0]
