"""Evidence in S3-compatible storage: the same steps, a real server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import boto3
import pytest
from django.test import Client

from esar.evidence.doctor import findings
from esar.evidence.models import StoredFile
from esar.evidence.storage import names, store
from esar.reports.models import Attachment
from esar.web import clock
from tests.inspection.good import pdf
from tests.work.make import World
from tests.work.test_evidence import send
from tests.work.test_reports import APRIL, report_of

KEY, SECRET, BUCKET = "esar-test", "a-secret-of-the-test", "evidence"


def _free_port() -> int:
    """A free port that leaves room above: the server also takes the one 10,000 higher."""
    while True:
        port = Random().randint(20_000, 45_000)
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[str]:
    """The address of an S3 server of our own, with one bucket."""
    program = Path(sys.executable).with_name("weed")
    config = tmp_path / "s3.json"
    identity = {
        "name": "test",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config.write_text(json.dumps({"identities": [identity]}))
    ports = [_free_port() for _ in range(4)]
    command = [
        str(program),
        "server",
        f"-dir={tmp_path}",
        "-ip=127.0.0.1",
        "-s3",
        f"-s3.config={config}",
        f"-s3.port={ports[0]}",
        f"-master.port={ports[1]}",
        f"-volume.port={ports[2]}",
        f"-filer.port={ports[3]}",
        "-volume.max=5",
        "-master.volumeSizeLimitMB=64",
        "-master.telemetry=false",
    ]
    with (tmp_path / "weed.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    address = f"http://127.0.0.1:{ports[0]}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    try:
        for _ in range(120):
            try:
                client.create_bucket(Bucket=BUCKET)
                break
            except Exception:  # not up yet: whatever it says
                time.sleep(0.5)
        else:
            pytest.fail((tmp_path / "weed.log").read_text()[-2000:])
        yield address
    finally:
        client.close()
        os.killpg(process.pid, signal.SIGKILL)  # it does not stop when asked
        process.wait()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
def test_evidence_goes_into_s3_in_parts_and_comes_back_whole(
    s3: str, settings: Any, tmp_path: Path
) -> None:
    from esar.site.settings import _files

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
    store().delete(stored.path)
    assert [one.code for one in findings()] == ["doctor.missing"]
