"""Text and CSV must be text: Thai or English words in UTF-8 or TIS-620, and no page or script."""

from __future__ import annotations

import re
from typing import IO

from esar.exchange.inspection.content import HEAD, UTF16_MARKS, holds_script
from esar.exchange.inspection.joined import holds_archive
from esar.exchange.inspection.kinds import PDF_MAGIC, Kind
from esar.kernel.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def problems(file: IO[bytes], _kind: Kind) -> list[Problem]:
    """Every reason to refuse this text. Reads all of it into memory."""
    data = file.read()
    if data.startswith(UTF16_MARKS):
        return [Problem("evidence.utf16")]
    text = decoded(data)
    reasons = []
    if text is None or _CONTROL.search(text):
        reasons.append(Problem("evidence.not_text"))
    if holds_script(data[:HEAD]):
        reasons.append(Problem("evidence.text_with_script"))
    if PDF_MAGIC in data[:HEAD] or holds_archive(data):
        reasons.append(Problem("evidence.joined"))
    return reasons


def decoded(data: bytes) -> str | None:
    """UTF-8, with or without a byte order mark, or else TIS-620 (Windows-874). None: neither."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
