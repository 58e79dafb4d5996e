"""Evidence in S3-compatible storage: the same steps, a real server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.platform.evidence.doctor import findings
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.storage import names, storage
from esar.platform.ui import clock
from esar.report.reports.models import Attachment
from tests.exchange.inspection.good import pdf
from tests.make import World
from tests.platform.evidence.make import send
from tests.report.reports.make import APRIL, report_of
from tests.weed import BUCKET, KEY, SECRET, running_s3

# HTTP, gRPC, Iceberg and Lance of a server that is told no ports: another suite's, say.
DEFAULT_PORTS = (8080, 8181, 8333, 8888, 9101, 9333, 18080, 18333, 18888, 19333)


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[str]:
    """The address of a server that starts although every port it would take by itself is taken."""
    with ExitStack() as taken:
        for port in DEFAULT_PORTS:
            holder = taken.enter_context(socket.socket())
            with suppress(OSError):  # it is taken already
                holder.bind(("127.0.0.1", port))
                holder.listen()
        with running_s3(tmp_path) as address:
            yield address


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
def test_evidence_goes_into_s3_in_parts_and_comes_back_whole(
    s3: str, settings: Any, tmp_path: Path
) -> None:
    from esar.config.settings import _files

    host = s3.removeprefix("http://")
    settings.VAR, settings.CLAMD = tmp_path, ""
    settings.STORAGES = settings.STORAGES | {
        "evidence": _files(f"s3://{KEY}:{SECRET}@{host}/{BUCKET}")
    }
    clock.pretend(APRIL)
    world = World()
    report, client, content = report_of(world), Client(), pdf()
    client.force_login(world.reporter)
    status, answer = send(client, report, "หลักฐาน.pdf", content, part=300)

    assert (status, answer.get("done")) == (200, True), answer
    stored = StoredFile.objects.get()
    assert list(names()) == [stored.path]
    attachment = Attachment.objects.get()
    given = client.get(f"/reports/{report.pk}/evidence/{attachment.pk}/")
    assert b"".join(given.streaming_content) == content
    picture = client.get(f"/reports/{report.pk}/evidence/{attachment.pk}/preview/1.png")
    assert picture.status_code == 200
    assert list(findings()) == []
    storage().delete(stored.path)
    assert [one.code for one in findings()] == ["doctor.missing"]
