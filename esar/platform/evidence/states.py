"""The life of a file's content, and of its way to us, each as one table."""

from __future__ import annotations

from django.db import models


class FileState(models.TextChoices):
    """Where a content is. Only `kept` and `clean` ones are ever given out."""

    ARRIVING = "arriving"  # its row is there, its bytes are being written
    HELD = "held"  # waits for the virus scanner
    KEPT = "kept"  # no scanner is configured
    CLEAN = "clean"
    INFECTED = "infected"  # its bytes are gone


class UploadState(models.TextChoices):
    """Where an upload is."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


GIVEN_OUT = (FileState.KEPT, FileState.CLEAN)

# From each state, those that may follow.
FILE_MOVES: dict[str, tuple[str, ...]] = {
    FileState.ARRIVING: (FileState.HELD, FileState.KEPT),
    FileState.HELD: (FileState.CLEAN, FileState.INFECTED),
    FileState.KEPT: (FileState.HELD,),
    FileState.CLEAN: (FileState.HELD,),
    FileState.INFECTED: (),
}
