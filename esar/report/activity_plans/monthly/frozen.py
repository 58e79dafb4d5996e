"""What was sent in of a month, as a version keeps it: read once from its JSON."""

from __future__ import annotations

from dataclasses import dataclass

from esar.kernel.content import Content


@dataclass(frozen=True)
class ReportedOutput(Content):
    """An output planned for `month` ("2018-01"); `done` is None where nothing is said of it."""

    month: str
    what: str
    done: bool | None


@dataclass(frozen=True)
class ReportedFile(Content):
    """A file that was attached, by the hash of its bytes; `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class ReportedActivity(Content):
    """What was said of one activity under way."""

    number: int
    name: str
    progress: str
    outputs: tuple[ReportedOutput, ...]
    files: tuple[ReportedFile, ...] = ()


@dataclass(frozen=True)
class MonthContent(Content):
    """A monthly report as it was sent in, on the version of the plan that was in force."""

    month: str
    plan_version: int
    activities: tuple[ReportedActivity, ...]
