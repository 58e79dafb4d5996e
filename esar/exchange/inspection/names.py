"""What a sent file may be called here: a name, and nothing that a disk or an eye could misread."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 150
MAX_BYTES = 255  # in UTF-8: the longest name that file systems keep; a Thai letter takes three
_MAX_SUFFIX = 12
_BEFORE_A_LETTER = "".join(map(chr, range(0xE40, 0xE45)))  # Thai vowels
_NO_NAME = "file"
_DRIVE = re.compile(r"^[A-Za-z]:")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    port + number for port in ("com", "lpt") for number in "0123456789¹²³"
}
# Control, format (bidi overrides, zero width), lone surrogates, private and unassigned.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def safe_name(name: str) -> str:
    """The name without folders, tricks and devices; Thai stays as it is.

    Units: at most MAX_CHARACTERS characters and MAX_BYTES bytes, in NFC; the last extension is
    kept. Never empty, and harmless again when it is made safe twice.
    """
    last = re.split(r"[/\\]", _visible(name))[-1]
    last = _NOT_ON_WINDOWS.sub("_", _DRIVE.sub("", last.strip()))
    last = " ".join(last.split()).lstrip(". ").rstrip(". ")
    if last.split(".")[0].strip().lower() in _DEVICES:
        last = f"_{last}"
    return _shortened(last) or _NO_NAME


def suffix_of(name: str) -> str:
    """The extension that counts, in lower case with its dot; of `a.pdf\\0.exe` it is `.exe`."""
    stem, dot, last = safe_name(name).rpartition(".")
    return f".{last.lower()}" if stem and dot else ""


def _visible(name: str) -> str:
    normal = unicodedata.normalize("NFC", name)
    spaced = "".join(" " if sign in "\t\r\n\u2028\u2029" else sign for sign in normal)
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN)


def _shortened(name: str) -> str:
    """Cut before the extension, and never between a letter and its vowel or tone mark.

    Nor is a vowel that is written before its letter left without it.
    """
    if len(name) <= MAX_CHARACTERS and len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    ending = dot + suffix
    room = MAX_BYTES - len(ending.encode())
    cut = min(len(stem), MAX_CHARACTERS - len(ending))
    while cut > 1 and len(stem[:cut].encode()) > room:
        cut -= 1
    while 1 < cut < len(stem) and unicodedata.category(stem[cut]) == "Mn":
        cut -= 1
    whole = stem[:cut].rstrip(_BEFORE_A_LETTER + ". ") if cut < len(stem) else stem
    return (whole or stem[:cut]).rstrip(". ") + ending
