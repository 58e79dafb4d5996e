"""The rulebook that a result was computed under, kept word for word: closed rounds keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from esar.judge.results.models import RulebookCopy
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook, sha256_of, years_in


def keep(year: int, sha256: str) -> None:
    """Keep the year's files under their hash, once.

    Errors: Refused when the folder is no longer what this process read.
    """
    if not RulebookCopy.objects.filter(sha256=sha256).exists():
        folder = Path(settings.RULEBOOK)
        files = {
            str(path.relative_to(folder)): path.read_text("utf-8")
            for path in sorted((folder / str(year)).rglob("*.yaml"))
        }
        if sha256_of(folder / str(year)) != sha256:  # changed under a running server
            raise Refused([Problem("result.rules_changed_on_disk", {"year": year})])
        RulebookCopy.objects.get_or_create(sha256=sha256, defaults={"year": year, "files": files})


@contextmanager
def folder_of(sha256: str) -> Iterator[Path]:
    """A folder of all that was kept under a hash, for as long as it is used.

    Errors: LookupError when no such rulebook was kept.
    """
    copy = RulebookCopy.objects.filter(sha256=sha256).first()
    if copy is None:
        raise LookupError(sha256)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in copy.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        yield folder


@cache
def book_of(sha256: str) -> Rulebook:
    """The rulebook that has this hash.

    Errors: LookupError when it was not kept, or was changed; Refused when this release of the
    program cannot read it.
    """
    with folder_of(sha256) as folder:
        (year,) = years_in(folder)
        if sha256_of(folder / str(year)) != sha256:  # before it is read: what else is wrong follows
            raise LookupError(sha256)
        return read_rulebook(folder, year)
