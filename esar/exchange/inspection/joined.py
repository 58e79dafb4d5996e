"""Two files in one: an archive that rides on a picture or a document."""

from __future__ import annotations

_END_OF_ZIP = b"PK\x05\x06"
_END_SIZE = 22  # bytes, and a comment whose length stands in the last two of them
_LAST = 66_000  # a zip is found from its end, at most 65,557 bytes before the last byte
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def holds_archive(data: bytes) -> bool:
    """Whether an unpacker would find an archive in what should be no archive."""
    return _END_OF_ZIP in data[-_LAST:] or any(magic in data for magic in _ARCHIVES)


def ends_as_archive(data: bytes) -> bool:
    """Whether the very last bytes are those of a zip.

    Old Office files keep the colours of their theme in a small zip within, which is none of that.
    """
    at = data.rfind(_END_OF_ZIP)
    comment = int.from_bytes(data[at + _END_SIZE - 2 : at + _END_SIZE], "little")
    return at >= 0 and at + _END_SIZE + comment >= len(data)
