"""Power loss: the disk as it is after one, from what was there and what was synced since.

A library under every program (`power.c`, by LD_PRELOAD) notes in a journal what is written below
one folder, and each sync. Of a file a cut leaves what was written before its last sync began. A
name is made, moved or removed for good once its folder was synced; a file that was made is there
also once it was synced itself, as ext4 does it. Everything else is lost, or some of it is there by
chance: names as of some moment since, and of what was written any 512 bytes. What is written by
way of a mapping (SQLite's `-shm`, which it makes anew) or by stdio counts as lost.
"""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

SOURCE = Path(__file__).with_name("power.c")
SECTOR = 512  # bytes that a disk writes whole or not at all
MAPPED = "-shm"
_MAGIC = b"\x9dPOWER\x0a\xf1"
_HEAD = struct.Struct("=8sc3xIIIqQ")


def watching(folder: Path, journal: Path) -> dict[str, str]:
    """The environment of a program whose writing below `folder` the journal notes.

    Errors: CalledProcessError when the library cannot be compiled; FileNotFoundError without gcc.
    """
    library = journal.with_suffix(".so")
    if not library.exists():
        command = ["gcc", "-std=gnu11", "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
        subprocess.run(command, check=True)
    journal.touch()
    journal.chmod(0o666)  # the database's own user writes in it too
    return {
        "LD_PRELOAD": str(library),
        "POWER_ROOT": str(folder.resolve()),
        "POWER_JOURNAL": str(journal),
    }


class Record(NamedTuple):
    """One call. `at` is where it stands in the journal, `offset` what the call said."""

    at: int
    kind: str
    path: str
    other: str
    data: bytes
    offset: int
    inode: int


def records(journal: Path) -> Iterator[Record]:
    """What was noted, in order. A record that a kill has cut short is left out."""
    kept = journal.read_bytes()
    at = 0
    while (at := kept.find(_MAGIC, at)) >= 0 and at + _HEAD.size <= len(kept):
        _, kind, path, other, data, offset, inode = _HEAD.unpack_from(kept, at)
        begins = at + _HEAD.size
        ends = begins + path + other + data
        if ends != len(kept) and not kept.startswith(_MAGIC, ends):
            at += 1
            continue
        texts = kept[begins : begins + path + other].decode()
        content = kept[ends - data : ends]
        yield Record(at, kind.decode(), texts[:path], texts[path:], content, offset, inode)
        at = ends


class Change(NamedTuple):
    """Of a file: `data` at an offset, or its size, or at least so much room."""

    at: int
    kind: str
    offset: int
    data: bytes

    def apply(self, content: bytearray) -> None:
        if self.kind == "w":
            end = self.offset + len(self.data)
            content.extend(bytes(max(0, self.offset - len(content))))
            content[self.offset : end] = self.data
        else:
            content.extend(bytes(max(0, self.offset - len(content))))
            if self.kind == "t":
                del content[self.offset :]

    def by_chance(self, content: bytearray, chance: Random) -> None:
        """Some of its sectors reach the disk; of a size, all or nothing."""
        if self.kind != "w":
            if chance.random() < 0.5:
                self.apply(content)
            return
        end = self.offset + len(self.data)
        for begins in range(self.offset - self.offset % SECTOR, end, SECTOR):
            if chance.random() < 0.5:
                first, last = max(begins, self.offset), min(begins + SECTOR, end)
                piece = self.data[first - self.offset : last - self.offset]
                Change(self.at, "w", first, piece).apply(content)


@dataclass(eq=False)
class StoredBytes:
    """What the disk has of a file, and what was changed since and not synced."""

    inode: int
    content: bytearray = field(default_factory=bytearray)
    changes: list[Change] = field(default_factory=list)

    def sync(self, since: int) -> None:
        for change in self.changes:
            if change.at < since:
                change.apply(self.content)
        self.changes = [change for change in self.changes if change.at >= since]


class Naming(NamedTuple):
    """A change of names: `file` gets `path` and loses `old`; None for a folder."""

    at: int
    path: str
    old: str
    file: StoredBytes | None

    @property
    def folders(self) -> set[str]:
        return {str(Path(name).parent) for name in (self.path, self.old) if name}

    def apply(self, names: dict[str, StoredBytes | None]) -> None:
        if self.old and names.get(self.old) is self.file:
            names.pop(self.old, None)
        if self.path:
            names[self.path] = self.file


class Disk:
    """A folder as its disk has it. `names` are those that the programs see: file, or None: folder.

    It begins with what lies there, all of it synced.
    """

    def __init__(self, root: Path, journal: Path) -> None:
        self.root, self.journal = root.resolve(), journal
        self._begin()

    def _begin(self) -> None:
        self.kept: dict[str, StoredBytes | None] = {str(self.root): None}
        for path in sorted(self.root.rglob("*")):
            if path.is_dir():
                self.kept[str(path)] = None
            elif path.is_file() and not path.name.endswith(MAPPED):
                self.kept[str(path)] = StoredBytes(path.stat().st_ino, bytearray(path.read_bytes()))
        self.names = dict(self.kept)
        self.namings: list[Naming] = []
        os.truncate(self.journal, 0)

    def cut(self, chance: Random | None = None) -> None:
        """The folder becomes what a power cut leaves of it; no program may be at work on it.

        Without `chance` everything is lost that was not synced.
        """
        for record in records(self.journal):
            if not record.path.endswith(MAPPED):
                self._read(record)
        if chance is not None:
            self._some(chance)
        self._write()
        self._begin()

    def _read(self, one: Record) -> None:
        if one.kind in "wtr":
            self._file(one).changes.append(Change(one.at, one.kind, one.offset, one.data))
        elif one.kind == "s":
            self._sync(one)
        elif one.kind == "c":
            self._file(one)
        elif one.kind == "u":
            file = self.names.get(one.path)
            if file is not None and file.inode == one.inode:
                self._rename(Naming(one.at, "", one.path, file))
        elif one.kind == "d":
            self._rename(Naming(one.at, one.path, "", None))
        elif one.kind == "f":
            self._rename(Naming(one.at, "", one.path, None))
        else:
            file = self.names.get(one.path) or StoredBytes(one.inode)
            self._rename(Naming(one.at, one.other, one.path if one.kind == "m" else "", file))

    def _file(self, one: Record) -> StoredBytes:
        """The file of a record; made by it, if none of this name and number is there."""
        file = self.names.get(one.path)
        if file is None or file.inode != one.inode:
            file = StoredBytes(one.inode)
            self._rename(Naming(one.at, one.path, "", file))
        return file

    def _rename(self, naming: Naming) -> None:
        naming.apply(self.names)
        self.namings.append(naming)

    def _sync(self, one: Record) -> None:
        """What was done before the sync began is on the disk."""
        file = self.names.get(one.path)
        if file is not None:
            file.sync(one.offset)
            if self.kept.get(one.path) is file:
                return
        for naming in [naming for naming in self.namings if naming.at < one.offset]:
            is_made = file is not None and naming.file is file and not naming.old
            if is_made or (file is None and one.path in naming.folders):
                self._keep(naming)

    def _keep(self, naming: Naming) -> None:
        """For good: what was named so before is not named so later."""
        naming.apply(self.kept)
        at = self.namings.index(naming)
        self.namings = [
            other
            for place, other in enumerate(self.namings)
            if place > at or (place < at and not (naming.path and other.path == naming.path))
        ]

    def _some(self, chance: Random) -> None:
        for naming in self.namings[: chance.randint(0, len(self.namings))]:
            naming.apply(self.kept)
        for file in self.kept.values():
            for change in file.changes if file is not None else ():
                change.by_chance(file.content, chance)

    def _write(self) -> None:
        """Leave below the root what is kept: a file in a folder that was not kept is lost."""
        kept = {
            path: file
            for path, file in self.kept.items()
            if path == str(self.root)
            or all(str(folder) in self.kept for folder in self._above(Path(path)))
        }
        for path in sorted(self.root.rglob("*"), reverse=True):
            if str(path) in kept:
                continue
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
        for name, file in sorted(kept.items()):
            path = Path(name)
            is_new = not path.exists()
            if file is None:
                path.mkdir(mode=0o700, exist_ok=True)
            elif is_new or path.read_bytes() != file.content:
                path.write_bytes(file.content)
            if is_new:
                owner = path.parent.stat()
                os.chown(path, owner.st_uid, owner.st_gid)
                path.chmod(0o700 if file is None else 0o600)

    def _above(self, path: Path) -> list[Path]:
        return [folder for folder in path.parents if self.root in (folder, *folder.parents)]
