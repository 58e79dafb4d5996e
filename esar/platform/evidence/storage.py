"""Where the bytes are: on disk by default, in S3-compatible storage by setting."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from esar.kernel.problems import Problem, Refused

log = logging.getLogger(__name__)
BESIDE = "beside"  # where a file is written before it is renamed into its place


class DiskStorage(FileSystemStorage):
    """A file is there whole or not at all: written beside, flushed to the disk, then renamed."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        return name  # names are hashes and offsets: the same name is the same content

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(self.path(f"{BESIDE}/{uuid4().hex}"))
        beside.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        self._flush_names(place)
        return name

    def _flush_names(self, place: Path) -> None:
        """The folders too, so that a power cut does not take back the renaming."""
        home = Path(self.location)
        for folder in place.relative_to(home).parents:
            handle = os.open(home / folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def sweep(self, before: float) -> None:
        """Remove what a process that died was writing, if it began before (seconds)."""
        for left in Path(self.path(BESIDE)).glob("*"):
            if left.stat().st_mtime < before:
                left.unlink(missing_ok=True)


def storage() -> Storage:
    return storages["evidence"]


class StoreRefused(Refused):
    """The store does not take what is written to it; who sent it may send it again later."""


@contextmanager
def writing() -> Iterator[None]:
    """What a disk or a store says when it is full, read-only or away becomes a sentence.

    Errors: StoreRefused. Each kind of store has errors of its own; the log keeps which it was.
    """
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        log.exception("the store did not take a file")
        raise StoreRefused([Problem("evidence.store_refuses")]) from error


def keep(name: str, content: File[Any]) -> None:
    """Put a content into the store, whole or not at all. Errors: StoreRefused."""
    with writing():
        storage().save(name, content)


def drop(name: str) -> None:
    """Take a name out of the store. One that refuses keeps it, for the cleaning of each night."""
    try:
        storage().delete(name)
    except Exception:
        log.exception("the store did not remove %s", name)


def names(folder: str = "") -> Iterator[str]:
    """Every name in the store below a folder, but for what is being written."""
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in files:
        if name:  # S3 lists the folder itself under an empty name
            yield f"{prefix}{name}"
    for name in folders:
        if folder or name != BESIDE:
            yield from names(f"{prefix}{name}")
