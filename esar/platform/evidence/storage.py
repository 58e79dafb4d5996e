"""Where the bytes are: on disk by default, in S3-compatible storage by setting."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from esar.platform.evidence.gate import StoreRefused, gate

log = logging.getLogger(__name__)
FILE_MODE, FOLDER_MODE = 0o640, 0o750  # the site's group may read (a backup), nobody else
BESIDE = "beside"  # where a file is written before it is renamed into its place


class DiskStorage(FileSystemStorage):
    """A file is there whole or not at all: written beside, flushed to the disk, then renamed."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        return name  # names are hashes and offsets: the same name is the same content

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        self._make(place.parent)
        beside = Path(self.path(f"{BESIDE}/{uuid4().hex}"))
        self._make(beside.parent)
        try:
            with beside.open("wb") as out:
                os.fchmod(out.fileno(), FILE_MODE)
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        self._flush_names(place)
        return name

    def _make(self, folder: Path) -> None:
        """With all above it that are the store's own, whatever the process's umask is."""
        if folder.exists():
            return
        if folder != Path(self.location):
            self._make(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(FOLDER_MODE)

    def _flush_names(self, place: Path) -> None:
        """The folders too, so that a power cut does not take back the renaming.

        Up to the one in which the store's own lies: that may have been made just now.
        """
        home = Path(self.location)
        for folder in (*(home / one for one in place.relative_to(home).parents), home.parent):
            self._flush(folder)

    def _flush(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def delete(self, name: str) -> None:
        """Nor does a power cut bring it back: its row may be gone by then."""
        super().delete(name)
        with suppress(FileNotFoundError):
            self._flush(Path(self.path(name)).parent)

    def sweep(self, before: float) -> None:
        """Remove what a process that died was writing, if it began before (seconds)."""
        for left in Path(self.path(BESIDE)).glob("*"):
            if left.stat().st_mtime < before:
                left.unlink(missing_ok=True)


class Store:
    """The store of the settings behind its gate. Every call: StoreRefused where it does not answer.

    A file that is opened is here whole: nobody reads from the store while they answer.
    """

    def __init__(self, backend: Storage) -> None:
        self.backend = backend

    def save(self, name: str, content: File[Any]) -> str:
        """Put a content there, whole or not at all."""
        with gate.inside():
            return self.backend.save(name, content)

    def open(self, name: str) -> File[Any]:
        """Errors: FileNotFoundError."""
        with gate.inside():
            content = self.backend.open(name)
            try:
                assert content.file is not None  # what is far away is fetched now
            except Exception:
                if not self.backend.exists(name):
                    raise FileNotFoundError(name) from None
                raise
            return content

    def exists(self, name: str) -> bool:
        with gate.inside():
            return self.backend.exists(name)

    def size(self, name: str) -> int:
        with gate.inside():
            return self.backend.size(name)

    def delete(self, name: str) -> None:
        with gate.inside():
            self.backend.delete(name)

    def listdir(self, folder: str) -> tuple[list[str], list[str]]:
        with gate.inside():
            return self.backend.listdir(folder)

    def sweep(self, before: float) -> None:
        """Remove what a process that died left behind, where the store is a disk."""
        if isinstance(self.backend, DiskStorage):
            self.backend.sweep(before)


def storage() -> Store:
    return Store(storages["evidence"])


def keep(name: str, content: File[Any]) -> None:
    """Put a content into the store, whole or not at all. Errors: StoreRefused."""
    storage().save(name, content)


def drop(name: str) -> bool:
    """Take a name out of the store; whether it is out.

    A store that refuses stops nobody: what knows the name stays, for the cleaning of each night.
    """
    try:
        storage().delete(name)
    except StoreRefused:
        log.exception("the store did not remove %s", name)
        return False
    return True


def drop_folder(folder: str) -> bool:
    """Take every name below a folder out of the store, as `drop` does; whether all are out."""
    try:
        below = list(names(folder))
    except StoreRefused:
        log.exception("the store did not list %s", folder)
        return False
    left = [name for name in below if not drop(name)]
    return not left


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
