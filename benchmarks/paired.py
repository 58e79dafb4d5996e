"""Pages beside those of an earlier commit: CPU time and queries, in turn, on a nation's data.

    python -m benchmarks.paired TREE [FOLDER] [PART …]

TREE is a checkout of that commit with its own `.venv`. The nation's databases are made once for
each tree, under FOLDER, and found there the next time; each is served as its own `wsgi.py` starts
it; of the pages only those are measured whose address has a PART in it. CPU time and not the clock,
by turns and not one after the other: what else the machine does then weighs on neither of the two.
On a machine that has much else to do CPU time is told too long now and then; calls of functions are
the same on any.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from cProfile import Profile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir(), "esar-paired")
AUTUMN, EVENING = "autumn", "evening"
TURNS, CALLS = 5, 3  # of each page: how often a tree has its turn, and calls it then
SLOWER, LIMIT = 1.1, 300  # what we may not exceed: times as long as before; milliseconds


def main(tree: str, folder: str = str(FOLDER), *parts: str) -> None:
    """Print a table of all pages, those that got slower by more than a tenth marked."""
    from benchmarks import pages

    print("| page | as | queries | now | calls | now | times as many | CPU ms | now | as long |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for season, listed in ((AUTUMN, pages.PAGES), (EVENING, pages.LATER)):
        trees = [Worker(Path(tree), Path(folder), season), Worker(HERE, Path(folder), season)]
        for who, addresses in listed.items():
            for page in addresses:
                if not parts or any(part in page for part in parts):
                    print(row(page, who, trees), flush=True)
        for worker in trees:
            worker.end()


def row(page: str, who: str, trees: list[Worker]) -> str:
    turns: list[list[Any]] = [[], []]
    for _ in range(TURNS):
        for answers, worker in zip(turns, trees, strict=True):
            answers.append(worker.ask(page, who))
    queries = [answers[0]["queries"] for answers in turns]
    before, now = (min(ms for answer in answers for ms in answer["ms"]) for answers in turns)
    calls = [min(answer["calls"] for answer in answers) for answers in turns]
    longer, more = now / before, calls[1] / calls[0]
    marks = " **slower**" * (longer > SLOWER) + " **long**" * (now > LIMIT)
    marks += " **more calls**" * (more > SLOWER) + " **more queries**" * (queries[1] > queries[0])
    figures = (
        f"{queries[0]} | {queries[1]} | {calls[0]:,} | {calls[1]:,} | {more:.2f} "
        f"| {before:.1f} | {now:.1f} | {longer:.2f}{marks}"
    )
    return f"| `{page}` | {who or '–'} | {figures} |"


class Worker:
    """A tree's own process, which answers how long a page takes in it."""

    def __init__(self, tree: Path, folder: Path, season: str) -> None:
        var = folder / str(tree.resolve()).strip("/").replace("/", "-") / season
        var.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [tree / ".venv/bin/python", __file__, "--worker", var, season],
            cwd=tree,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, page: str, who: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([page, who]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def work(var: str, season: str) -> None:
    """In a tree's own process: its nation once, then a line of figures for each page asked for."""
    answers, sys.stdout = sys.stdout, sys.stderr
    sys.path[0] = str(Path.cwd())
    from benchmarks import pages

    pages.tempfile = SimpleNamespace(TemporaryDirectory=lambda: nullcontext(var))
    pages._measure = lambda: _serve(pages, Path(var), season, answers)
    pages.page_table()


def _serve(pages: Any, var: Path, season: str, answers: Any) -> list[str]:
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    import_module(settings.WSGI_APPLICATION.rpartition(".")[0])  # each as it is served
    from django.core.management import call_command

    clock = sys.modules.get("esar.web.clock") or _clock()
    ready = var / "ready"
    if ready.exists():
        call_command("migrate", verbosity=0)  # it may have been made before the newest migration
    if season == AUTUMN and not ready.exists():
        pages._nation(in_force=False)
        pages._fill_a_sitting()
        pages._plan_everywhere()
    if season == EVENING:
        if not ready.exists():
            pages._nation(in_force=True)
        clock.pretend(pages.EVENING)
        if not ready.exists():
            pages.send_in(at=clock.now(), on=pages.EVENING)
    ready.touch()
    clients: dict[str, Any] = {}
    for line in sys.stdin:
        page, who = json.loads(line)
        answers.write(json.dumps(_figures(pages, clients, page, who)) + "\n")
        answers.flush()
    return []


def _clock() -> Any:
    try:
        from esar.platform.ui import clock
    except ImportError:
        from esar.web import clock  # type: ignore[import-not-found,no-redef]
    return clock


def _figures(pages: Any, clients: dict[str, Any], shown: str, who: str) -> dict[str, Any]:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client

    page = pages._filled(shown)
    if who not in clients:
        clients[who] = Client()
        if who:
            clients[who].force_login(get_user_model().objects.get(email=f"{who}@example.test"))
    client, asked = clients[who], []
    first = client.get(page)
    assert first.status_code == 200, (page, who, first.status_code)

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(page)
    times = []
    for _ in range(CALLS):
        start = time.process_time()
        client.get(page)
        times.append((time.process_time() - start) * 1000)
    with Profile() as profile:
        client.get(page)
    calls = sum(entry.callcount for entry in profile.getstats())
    return {"queries": len(asked), "ms": times, "calls": calls}


if __name__ == "__main__":
    if sys.argv[1] == "--worker":
        work(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
