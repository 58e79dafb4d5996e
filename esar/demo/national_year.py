"""What the invented nation did in the demo's year: leads followed up, bodies asked for changes.

Once the year is over, so that each question has an answer and each state is somewhere. Written in
bulk; every text says demo. What bodies reported and what came of it is in `national_reports`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import cycle

from django.utils import timezone

from esar.agree.agendas.models import Holder
from esar.agree.changes.content import effect_of
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import ChangeState
from esar.agree.scorecards.content import content, kpi_content
from esar.agree.scorecards.models import Kpi, Scorecard, ScorecardVersion
from esar.demo.nation_plan import JOINT_KIND, YEAR
from esar.kernel.chain import digest
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Person
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.queries import duties
from esar.report.follow_ups.states import FollowUpState, StageState

FOLLOWED = (FollowUpState.ADVISED, FollowUpState.SENT, FollowUpState.ADVISED, None)  # none: late
OBSTACLE = "พื้นที่บางแห่งเข้าถึงยากในฤดูฝน (ข้อมูลสาธิต)"
PROPOSAL = "เสนอให้ปรับแผนการลงพื้นที่ (ข้อมูลสาธิต)"
ADVICE = "ให้เร่งรัดร่วมกับจังหวัดที่เกี่ยวข้อง (ข้อมูลสาธิต)"


def make_follow_ups(*, at: datetime) -> None:
    """Of every fourth quarter that a lead owes nothing was told; some stages lag."""
    owed = duties(YEAR, timezone.localdate(at))
    states = cycle((StageState.ON_TRACK, StageState.ON_TRACK, StageState.BEHIND, StageState.STUCK))
    rows, happened = [], []
    for duty, state in zip(owed, cycle(FOLLOWED), strict=False):
        if state is None or duty.follow_up is not None:
            continue
        row = FollowUp(
            body=duty.body,
            fiscal_year=YEAR,
            agenda=duty.agenda,
            quarter=duty.quarter,
            stages=[
                {"id": stage.id, "state": state_}
                for stage, state_ in zip(duty.rule.value.stages, states, strict=False)
            ],
            obstacle=OBSTACLE,
            proposal=PROPOSAL,
            advice=ADVICE if state == FollowUpState.ADVISED else "",
            state=state,
            since=at,
        )
        rows.append(row)
        moves = ("written", "send", *(["advise"] if row.advice else []))
        happened += [(f"follow_up.{move}", row, duty.body.code) for move in moves]
    FollowUp.objects.bulk_create(rows)
    record_many(happened, by=None, at=at)


@dataclass(frozen=True)
class Story:
    """How a request went: on which ground, in which window, and when OPDC was told."""

    ground: str
    state: ChangeState
    window: str
    told_on: date | None = None
    cancels: bool = False
    is_joint: bool = False


FEBRUARY, JULY = "changes.window.6m", "changes.window.12m"
STORIES = (
    Story("disaster", ChangeState.DONE, FEBRUARY, date(2024, 2, 20)),
    Story("policy", ChangeState.DONE, FEBRUARY, date(2024, 3, 4)),  # told too late
    Story("resolution", ChangeState.DONE, JULY, date(2024, 7, 19)),
    Story("budget", ChangeState.ACKNOWLEDGE, JULY, date(2024, 7, 25)),
    Story("policy", ChangeState.TELL, JULY),
    Story("budget", ChangeState.REJECTED, JULY, cancels=True),
    Story("disaster", ChangeState.DECIDE, JULY),
    Story("resolution", ChangeState.OPINION, JULY, is_joint=True),
)
EVERY = 5  # of so many bodies one asks
REASON = "ปัจจัยภายนอกที่ควบคุมไม่ได้ (ข้อมูลสาธิต)"
EVIDENCE = "หนังสือของหน่วยงานที่เกี่ยวข้อง (ข้อมูลสาธิต)"
RESOLUTION = "คณะกรรมการกำกับการประเมินผล (ข้อมูลสาธิต)"
EASIER = {"higher": Decimal("0.95"), "lower": Decimal("1.05")}
CENT = Decimal("0.01")


def make_change_requests(*, at: datetime) -> None:
    """One body in so many asks; what is done is in force as the next version of its scorecard."""
    by = Person.objects.order_by("pk")[0]
    rows, changed = [], []
    for number, (story, kpi) in enumerate(_asked(), start=1):
        new = None if story.cancels else {**kpi_content(kpi), "targets": _easier(kpi)}
        row = ChangeRequest(
            scorecard=kpi.scorecard,
            number=kpi.number,
            base_version=kpi.scorecard.version,
            window=story.window,
            ground=story.ground,
            reason=REASON,
            evidence=EVIDENCE,
            cancels=story.cancels,
            old=kpi_content(kpi),
            new=new,
            effect=effect_of(kpi.scorecard, kpi, new, None),
            state=story.state,
            since=at,
        )
        if story.told_on:
            row.resolution, row.decided_on = RESOLUTION, story.told_on
            row.told_on, row.told_letter, row.told_by = story.told_on, f"ที่ สาธิต/{number}", by
        rows.append(row)
        if story.state == ChangeState.DONE and story.told_on:
            changed.append((kpi, story.told_on))
    ChangeRequest.objects.bulk_create(rows)
    _bring_into_force(changed)
    verbs = ("asked", "propose", "submit")
    happened = [(f"change.{verb}", row, row.scorecard.body.code) for row in rows for verb in verbs]
    record_many(happened, by=by, at=at)


def _asked() -> Iterator[tuple[Story, Kpi]]:
    """Each story with a KPI of another body; one that a body holds of an agenda stays as it is."""
    kpis = Kpi.objects.filter(scorecard__fiscal_year=YEAR, template__method="ladder")
    kpis = kpis.exclude(kind="").select_related("scorecard__body__parent", "template__indicator")
    joint = iter(kpis.filter(kind=JOINT_KIND).order_by("number", "pk"))
    held_of_agendas = Holder.objects.exclude(indicator=None).values("indicator")
    own = kpis.exclude(template__indicator__in=held_of_agendas).order_by("pk")
    first_of_body = {kpi.scorecard.body_id: kpi for kpi in own}
    asking = list(first_of_body.values())[::EVERY]
    for story, kpi in zip(cycle(STORIES), asking, strict=False):
        yield story, next(joint) if story.is_joint else kpi


def _easier(kpi: Kpi) -> list[str]:
    """Targets that are easier to reach."""
    share = EASIER[kpi.template.direction or "higher"]
    return [f"{trimmed((target * share).quantize(CENT)):f}" for target in kpi.ladder]


def _bring_into_force(changed: list[tuple[Kpi, date]]) -> None:
    """The scorecards' next versions, with the targets that were asked for."""
    versions = []
    for kpi, day in changed:
        card, kpi.targets = kpi.scorecard, _easier(kpi)
        Kpi.objects.filter(pk=kpi.pk).update(targets=kpi.targets)
        agreed = content(card)
        before = ScorecardVersion.objects.get(scorecard=card, number=card.version)
        card.version, card.approved_sha256 = card.version + 1, digest(agreed)
        versions.append(
            ScorecardVersion(
                scorecard=card,
                number=card.version,
                content=agreed,
                sha256=card.approved_sha256,
                rulebook_sha256=before.rulebook_sha256,
                resolution=RESOLUTION,
                in_force_from=day,
                public_from=day,
            )
        )
    ScorecardVersion.objects.bulk_create(versions)
    Scorecard.objects.bulk_update(
        [version.scorecard for version in versions], ["version", "approved_sha256"]
    )
