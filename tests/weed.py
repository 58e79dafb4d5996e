"""A real S3 server of our own (SeaweedFS), with one bucket, on ports that nobody else takes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.ports import free_ports

KEY, SECRET, BUCKET = "esar-test", "a-secret-of-the-test", "evidence"
_ATTEMPTS = 3  # another server may take a port between our choice and its use
_SECONDS_TO_START = 180  # on a machine that has much else to do
_SECONDS_BETWEEN_LOOKS = 0.3
_TRIAL = "trial"  # an object
_SERVERS = ("master", "volume", "filer", "s3")


@contextmanager
def running_s3(folder: Path) -> Iterator[str]:
    """The address of a server that has the bucket; it ends with the block. `folder` keeps its data.

    Errors: AssertionError when it does not start, with the end of what it said.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        ports = ports_to_use()
        log = folder / f"weed-{attempt}.log"
        with tempfile.TemporaryDirectory(prefix="weed-") as short:
            command = weed_command(folder, Path(short), ports, folder / log.stem)
            with log.open("wb") as output:
                process = subprocess.Popen(
                    command, stdout=output, stderr=output, start_new_session=True
                )
            address = address_of(ports)
            try:
                if _has_a_bucket(process, address):
                    yield address
                    return
            finally:
                _end(process, ports)
    raise AssertionError(f"SeaweedFS did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def ports_to_use() -> dict[str, int]:
    names = [f"{server}.port{kind}" for server in _SERVERS for kind in ("", ".grpc")]
    return dict(zip(names, free_ports(len(names)), strict=True))


def address_of(ports: dict[str, int]) -> str:
    return f"http://127.0.0.1:{ports['s3.port']}"


def weed_command(folder: Path, short: Path, ports: dict[str, int], data: Path) -> list[str]:
    """The command of a server that keeps its objects in `data`, and its sockets in `short`.

    Who may use it is put into `folder`.
    """
    config = folder / "s3.json"
    identity = {
        "name": "test",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config.write_text(json.dumps({"identities": [identity]}), "utf-8")
    data.mkdir(exist_ok=True)
    return [
        str(Path(sys.executable).with_name("weed")),
        "server",
        f"-dir={data}",
        "-ip=127.0.0.1",
        "-s3",
        f"-s3.config={config}",
        *(f"-{name}={port}" for name, port in ports.items()),
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.localSocket={short / 's3'}",
        f"-filer.localSocket={short / 'filer'}",
        "-volume.max=5",
        "-master.volumeSizeLimitMB=64",
        "-master.telemetry=false",
    ]


def _has_a_bucket(process: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the bucket is there. False when the server ended."""
    end = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        if has_bucket(address):
            return True
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return False


def has_bucket(address: str) -> bool:
    """Make the bucket, unless it is there. False while the server is not up yet."""
    with _client(address) as client:
        try:
            if BUCKET not in [one["Name"] for one in client.list_buckets()["Buckets"]]:
                client.create_bucket(Bucket=BUCKET)
        except (BotoCoreError, ClientError):
            return False
        return True


def takes_objects(address: str) -> bool:
    """Whether what is written into the bucket comes back; nothing of it is left there."""
    with _client(address) as client:
        try:
            client.put_object(Bucket=BUCKET, Key=_TRIAL, Body=b"x")
            is_there = client.get_object(Bucket=BUCKET, Key=_TRIAL)["Body"].read() == b"x"
            client.delete_object(Bucket=BUCKET, Key=_TRIAL)
        except (BotoCoreError, ClientError):
            return False
        return is_there


@contextmanager
def _client(address: str) -> Iterator[Any]:
    client: Any = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    try:
        yield client
    finally:
        client.close()


def _end(process: subprocess.Popen[bytes], ports: dict[str, int]) -> None:
    """SIGKILL: it does not stop when asked; and the sockets that it leaves go."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    remove_sockets(ports)


def remove_sockets(ports: dict[str, int]) -> None:
    """What it leaves in the machine's folder of temporary files."""
    for port in ports.values():
        for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
            left.unlink(missing_ok=True)
