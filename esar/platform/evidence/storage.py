"""Where the bytes are: on disk by default, in S3-compatible storage by setting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage, Storage, storages

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
