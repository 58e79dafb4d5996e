"""The calendar of a year as iCalendar (RFC 5545): whole days, for the calendars of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from esar.platform.calendars.queries import Entry

WIDEST = 74  # octets of a line, its break not counted
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def ical(
    entries: Iterable[Entry], *, name: str, host: str, at: datetime, language: str = "th"
) -> str:
    """A calendar of all-day events; a deadline is its one day, a window all of its days.

    `at` is the moment that the figures are of, in UTC. An event keeps its id when its days move.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Open e-SAR//calendar//TH"]
    lines.append(f"X-WR-CALNAME:{name.translate(ESCAPED)}")
    for entry in entries:
        first, after = entry.first or entry.last, entry.last + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.year}-{entry.id}@{host}",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{entry.label.say(language).translate(ESCAPED)}",
            f"DESCRIPTION:{entry.what.say(language).translate(ESCAPED)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """A line in pieces that are short enough, broken between letters and never inside one."""
    pieces, octets = [""], 0
    for letter in line:
        octets += len(letter.encode())
        if octets > WIDEST:
            pieces.append(" ")
            octets = 1 + len(letter.encode())
        pieces[-1] += letter
    return "\r\n".join(pieces)
