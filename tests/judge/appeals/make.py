"""Appeals for tests: each move by its name, as the pages make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esar.agree.scorecards.content import Outcome
from esar.judge.appeals.life import APPEAL_LIFE, AppealText
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.results.models import Result
from esar.platform.organisations.models import Person


def write(appeal: Appeal, text: AppealText, **act: Any) -> None:
    APPEAL_LIFE.move(appeal, "write", text=text, **act)


def file(appeal: Appeal, **act: Any) -> None:
    APPEAL_LIFE.move(appeal, "file", **act)


def withdraw(appeal: Appeal, **act: Any) -> None:
    APPEAL_LIFE.move(appeal, "withdraw", **act)


def name_panel(appeal: Appeal, people: Sequence[Person], **act: Any) -> None:
    APPEAL_LIFE.move(appeal, "name_panel", people=people, **act)


def vote(appeal: Appeal, vote: str, **act: Any) -> PanelSeat:
    seat: PanelSeat = APPEAL_LIFE.move(appeal, "vote", vote=vote, **act).content
    return seat


def uphold(appeal: Appeal, outcomes: Mapping[str, Outcome], **act: Any) -> Result:
    corrected: Result = APPEAL_LIFE.move(appeal, "uphold", outcomes=outcomes, **act).content
    return corrected


def reject(appeal: Appeal, **act: Any) -> None:
    APPEAL_LIFE.move(appeal, "reject", **act)
