"""How many savings a second the one history takes, beside an earlier commit.

`python -m benchmarks.writers [--against COMMIT]` starts a PostgreSQL of its own that waits for the
disk, as a real one does, and lets 1, 2, 4 and 8 writers save in two processes, each tree in turn.
A saving changes a row, tells its event and reads ten rows more before it ends: what it reads after
the event is where a writer that held the end of the chain would keep the others waiting.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import parse_qs, urlsplit

from benchmarks.readme import put
from benchmarks.scoring import check_out

ROOT = Path(__file__).parents[1]
HEADING = "## Writers of one history"
BEFORE = "20f05de"  # the last commit that locked the end of the chain where an event was told
WRITERS = (1, 2, 4, 8)
PROCESSES = 2
SECONDS, TURNS, READS = 4.0, 3, 10
PARTS = ("esar", "rulebook", "data", "samples")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", metavar="COMMIT", default=BEFORE)
    parser.add_argument("--write", type=int, metavar="THREADS", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.write:
        save(options.write)
    else:
        compare(options.against)


def compare(commit: str) -> None:
    """Both trees in turn, each in a database of its own, so that a busy minute slows both."""
    from tests.postgres import server

    with tempfile.TemporaryDirectory() as folder, server(settings="-c listen_addresses=''") as url:
        check_out(commit, Path(folder), PARTS)
        trees = (Path(folder), ROOT)
        for number, tree in enumerate(trees):
            _prepare(tree, _database(url, number))
        rates = {
            writers: [
                [_rate(tree, _database(url, number), writers) for number, tree in enumerate(trees)]
                for _ in range(TURNS)
            ]
            for writers in WRITERS
        }
    rows = []
    for writers, turns in rates.items():
        before, now = (median(column) for column in zip(*turns, strict=True))
        rows.append(f"| {writers} | {before:,.0f} | {now:,.0f} | {now / before:.2f} |")
    lines = [
        HEADING,
        "",
        f"`python -m benchmarks.writers` on {datetime.now(UTC).date().isoformat()}, in turn with "
        f"commit {commit}: savings a second in PostgreSQL that waits for its disk, medians of "
        f"{TURNS} turns of {SECONDS:.0f} s; load average {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} cores. A busy evening needs 44 a second.",
        "",
        "| writers, in two processes | before | now | times as many |",
        "| ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ]
    put("\n".join(lines))
    print("\n".join(lines))


def _database(url: str, number: int) -> str:
    return url.replace("/postgres?", f"/writers{number}?")


def _environment(tree: Path, url: str) -> dict[str, str]:
    paths = {"PYTHONPATH": f"{tree}:{ROOT}", "ESAR_VAR": str(tree / "var")}
    return {**os.environ, **paths, "ESAR_DEMO": "1", "ESAR_DATABASE_URL": url}


def _prepare(tree: Path, url: str) -> None:
    """A migrated database with the registry's bodies."""
    parts = urlsplit(url)
    host = parse_qs(parts.query)["host"][0]
    subprocess.run(["createdb", "-h", host, "-U", "postgres", parts.path[1:]], check=True)
    for command in (["migrate", "--verbosity", "0"], ["load_registry"]):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=_environment(tree, url),
            cwd=tree,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _rate(tree: Path, url: str, writers: int) -> float:
    """Savings a second of all writers together."""
    shares = [share for share in (writers - writers // PROCESSES, writers // PROCESSES) if share]
    begun = [
        subprocess.Popen(
            [sys.executable, __file__, "--write", str(share)],
            env=_environment(tree, url),
            cwd=tree,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in shares
    ]
    for process in begun:
        assert process.stdout is not None
        process.stdout.readline()  # it is ready
    for process in begun:
        assert process.stdin is not None
        process.stdin.write("begin\n")
        process.stdin.flush()
    counts = [json.loads(process.communicate()[0]) for process in begun]
    return sum(counts) / SECONDS


def save(threads: int) -> None:
    """In the tree of the working directory: each thread saves until the time is over."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esar.config.settings")
    django.setup()
    from django.db import connection, transaction

    from esar.platform.history.actions import record
    from esar.platform.organisations.models import Body

    bodies = list(Body.objects.order_by("pk")[:200])
    counts = [0] * threads
    start = threading.Barrier(threads + 1)

    def write_on(place: int) -> None:
        body = bodies[place + threads * (os.getpid() % 20)]
        start.wait()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with transaction.atomic():
                Body.objects.filter(pk=body.pk).update(abbr_th=f"{counts[place]}"[:10])
                at = datetime.now(UTC)
                record("registry.changed", body, by=None, at=at, body=body.code, after={"n": 1})
                for read in range(READS):
                    Body.objects.filter(pk=bodies[read].pk).values_list("name_th").get()
            counts[place] += 1
        connection.close()

    workers = [threading.Thread(target=write_on, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    print("ready", flush=True)
    sys.stdin.readline()
    start.wait()
    for worker in workers:
        worker.join()
    print(json.dumps(sum(counts)))


if __name__ == "__main__":
    main(sys.argv[1:])
