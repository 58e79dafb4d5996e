"""The files of the font: every letter that pages say is in one; what all need comes first."""

from __future__ import annotations

import re
from pathlib import Path

ESAR = Path(__file__).parents[3] / "esar"
FACE = re.compile(r"font-weight: (\d+);[^}]*?url\(\"([^\"]+)\"\)[^}]*?unicode-range:([^;]*);")
PIECE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
# Marks that no Thai font has; every device has them.
MARKS = set("→←↑↓↩↶⇄⇅≤≥≠Σ✓✗✕⚑⚠⚗⊘○●◌◆◇★▤▾▼⧉⏳📎")


def files_of_the_font() -> dict[str, tuple[str, set[str]]]:
    """File → its weight and its letters, as the sheet says them."""
    sheet = (ESAR / "platform/ui/styles/fonts.css").read_text("utf-8")
    return {file: (weight, letters(pieces)) for weight, file, pieces in FACE.findall(sheet)}


def letters(pieces: str) -> set[str]:
    return {
        chr(code)
        for first, last in PIECE.findall(pieces)
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }


def test_every_letter_that_pages_say_is_in_a_file_of_each_weight() -> None:
    words = "".join(path.read_text("utf-8") for path in ESAR.rglob("*.po"))
    said = set(words) - MARKS - {"\n"}

    for weight in ("400", "600"):
        there = [has for of, has in files_of_the_font().values() if of == weight]
        assert said - set().union(*there) == set()


def test_no_letter_is_in_two_files_of_a_weight() -> None:
    for weight in ("400", "600"):
        there = [has for of, has in files_of_the_font().values() if of == weight]
        assert sum(map(len, there)) == len(set().union(*there))


def test_what_is_preloaded_are_the_files_without_rare_letters() -> None:
    page = (ESAR / "platform/ui/templates/ui/base.html").read_text("utf-8")
    preloaded = re.findall(r'rel="preload".*?vendor/([^"]+)"', page)

    assert sorted(preloaded) == sorted(name for name in files_of_the_font() if "rare" not in name)
