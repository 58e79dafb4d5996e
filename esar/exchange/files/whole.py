"""A file written by a command is there whole, or as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esar.exchange.files.findings import refused
from esar.kernel.problems import Place


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to, which takes its place when all of it is written.

    Errors: Refused when the disk or the folder does not take it; then nothing has changed.
    """
    half = path.with_name(f".{path.name}.part")
    try:
        try:
            yield half
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise refused("file.cannot_write", Place(), path=path, why=why) from error
