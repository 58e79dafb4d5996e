"""What time it is for the rules. In demo mode the day can be moved, so that a year can be played.

The demo day is a file in `var/`; without it, and always outside demo mode, the time is real.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_remembered: tuple[Path, int, date | None] = (
    Path(),
    0,
    None,
)  # the file, when it was written, its day


def _file() -> Path:
    return Path(settings.VAR) / "demo-day"


def demo_day() -> date | None:
    """The day that a demo pretends it is, or None. Pages ask often: the file is read once."""
    global _remembered
    if not settings.DEMO:
        return None
    path = _file()
    try:
        written = path.stat().st_mtime_ns
        if _remembered[:2] != (path, written):
            day = date.fromisoformat(path.read_text("ascii").strip())
            _remembered = (path, written, day)
        return _remembered[2]
    except (FileNotFoundError, ValueError):
        return None


def pretend(day: date | None) -> None:
    """Move the demo to a day, or back to today.

    Errors: RuntimeError outside demo mode, for no one may move a real year; ValueError for a year
    out of our time (a Buddhist one, mostly).
    """
    if not settings.DEMO:
        raise RuntimeError("only a demo's day can be moved")
    if day is not None and not 1900 <= day.year < 2400:
        raise ValueError(day)
    global _remembered
    _remembered = (Path(), 0, None)
    if day is None:
        _file().unlink(missing_ok=True)
    else:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(day.isoformat(), "ascii")


def now() -> datetime:
    """The moment, in UTC; on the demo day when one is set."""
    real, day = timezone.now(), demo_day()
    if day is None:
        return real
    local = timezone.localtime(real)
    return local.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The day in Asia/Bangkok."""
    return timezone.localdate(now())
