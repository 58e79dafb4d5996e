"""What the invented nation reported of the demo's year, and what came of it.

Claims are invented and every text says demo; what is sent in, assessed and released is worked out
of them by the rules of the year, as for any body. Some reports came late, some never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from esar.agree.scorecards.models import Kpi, Scorecard
from esar.demo.nation_plan import YEAR
from esar.judge.assessments.levels import Layers, layers_of
from esar.judge.assessments.models import Assessment, Judgement
from esar.judge.assessments.states import Stage
from esar.judge.results import rulebooks
from esar.judge.results.actions import stages_of
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.chain import digest
from esar.law.rules.numbers import trimmed
from esar.law.scoring.inputs import scorecard_as_input
from esar.law.scoring.wire import score_as_json
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.ui import books
from esar.report.central_data.data_sets.queries import data_sets
from esar.report.central_data.models import CentralValue, Delivery
from esar.report.central_data.states import DeliveryState
from esar.report.reports.content import content, sheet_as_entered, total_text
from esar.report.reports.models import Claim, Report, ReportVersion
from esar.report.reports.queries import due_days
from esar.report.reports.states import ReportState


@dataclass(frozen=True)
class Story:
    """How many days after its due day a report came (before it, where negative), and how far it is.

    One that never came has no days; one that a level made less of is `lowered` by it.
    """

    days: int | None
    stage: Stage = Stage.DONE
    lowered: Stage | None = None


STORIES = (
    Story(-3),
    Story(-1),
    Story(-2, lowered=Stage.PRELIMINARY),
    Story(-1, lowered=Stage.PRIME_MINISTER),
    Story(0, Stage.MINISTER),
    Story(-4),
    Story(-2, Stage.PRIME_MINISTER),
    Story(3, Stage.PRELIMINARY),  # late
    Story(-1, lowered=Stage.MINISTER),
    Story(None),
    Story(-5),
)
# Where a result lies on the ladder of targets: its place, and so much of the step to the next.
REACHED = ((2, "0"), (1, "0.5"), (1, "0"), (0, "0.4"), (2, "0"), None, (0, "-0.5"), (2, "0"))
WHY = "ยังไม่มีข้อมูลจากหน่วยงานเจ้าของข้อมูล (ข้อมูลสาธิต)"
DID = "ดำเนินการตามแผน (ข้อมูลสาธิต)"
FACTORS = "ความร่วมมือของหน่วยงานในพื้นที่ (ข้อมูลสาธิต)"
OBSTACLES = ("", "งบประมาณได้รับล่าช้า (ข้อมูลสาธิต)", "", "ขาดบุคลากรในพื้นที่ (ข้อมูลสาธิต)")
SUGGESTION = "ปรับค่าเป้าหมายปีต่อไปตามข้อมูลฐาน (ข้อมูลสาธิต)"
DIFFERS = "หลักฐานไม่ครบ (ข้อมูลสาธิต)"
CENT = Decimal("0.01")
BATCH = 500


def make_reports(*, at: datetime) -> None:
    """The year's last reports, their assessments, and the results of those that are through."""
    if Result.objects.filter(fiscal_year=YEAR).exists():
        return  # of a sample that was loaded before
    round_id = books.last_round(YEAR)
    assert round_id, "the demo's year has rounds"
    by = Person.objects.order_by("pk")[0]
    deliver(YEAR, by=by, at=at)
    reports = Report.objects.filter(scorecard__fiscal_year=YEAR, round_id=round_id)
    rows = list(reports.select_related("scorecard__body__parent").order_by("scorecard__body"))
    sendings = [
        pair for pair in zip(rows, cycle(STORIES), strict=False) if pair[1].days is not None
    ]
    sent = [report for report, _story in sendings]
    _claim(sent, by, at)
    versions = _send(sendings, at)
    assessments = [
        Assessment(report=version.report, version=version, state=story.stage, since=at)
        for version, (_report, story) in zip(versions, sendings, strict=True)
    ]
    Assessment.objects.bulk_create(assessments, BATCH)
    _judge(list(zip(assessments, (story for _, story in sendings), strict=True)), by, at)
    _conclude(assessments, at)
    happened: list[tuple[str, Any, str]] = [
        ("report.submit", report, report.scorecard.body.code) for report in sent
    ]
    happened += [
        ("assessment.received", row, row.report.scorecard.body.code) for row in assessments
    ]
    record_many(happened, by=by, at=at)


def deliver(year: int, *, by: Person, at: datetime) -> None:
    """The points of the components that another owner gives, published, of every round."""
    cards = list(Scorecard.objects.filter(fiscal_year=year))
    for data_set in data_sets(year):
        name = {"fiscal_year": year, "round_id": data_set.round_id, "rule_id": data_set.rule_id}
        delivery = Delivery.objects.create(
            **name,
            number=1,
            by=by,
            at=at,
            state=DeliveryState.PUBLISHED,
            published_at=at,
            file_name="demo.xlsx",
            file_sha256="0" * 64,
        )
        CentralValue.objects.bulk_create(
            CentralValue(
                **name,
                body_id=card.body_id,
                number=1,
                value=Decimal(60 + card.body_id % 40),
                delivery=delivery,
                by=by,
                at=at,
            )
            for card in cards
        )


def _claim(sent: Sequence[Report], by: Person, at: datetime) -> None:
    """A result for each KPI with targets, or why there is none."""
    report_of = {report.scorecard_id: report for report in sent}
    kpis = Kpi.objects.filter(scorecard__in=report_of, template__method="ladder", cancelled="")
    stories = zip(kpis.order_by("pk"), cycle(REACHED), cycle(OBSTACLES), strict=False)
    Claim.objects.bulk_create(
        [
            Claim(
                report=report_of[kpi.scorecard_id],
                number=kpi.number,
                **_outcome(kpi, reached),
                did=DID,
                factors=FACTORS,
                obstacles=obstacles,
                suggestions=SUGGESTION if obstacles else "",
                revision=1,
                saved_by=by,
                saved_at=at,
            )
            for kpi, reached, obstacles in stories
        ],
        BATCH,
    )


def _outcome(kpi: Kpi, reached: tuple[int, str] | None) -> dict[str, Any]:
    if reached is None:
        return {"status": "no_data", "why": WHY}
    place, share = reached
    step = kpi.ladder[1] - kpi.ladder[0]
    actual = max(kpi.ladder[place] + step * Decimal(share), Decimal(0))
    return {"status": "reported", "actual": trimmed(actual.quantize(CENT))}


def _send(sendings: Sequence[tuple[Report, Story]], at: datetime) -> list[ReportVersion]:
    """Each as its body sent it in: what it says by its claims, scored by the year's rules."""
    due = due_days([report for report, _story in sendings])
    approvers = _approvers()
    versions = []
    for report, story in sendings:
        due_on = due[report.pk]
        assert due_on is not None, "the demo's round has a due day"
        report.state, report.sent, report.due_on = ReportState.SUBMITTED, 1, due_on
        report.received_on = due_on + timedelta(days=story.days or 0)
        sent_in = content(sheet_as_entered(report))
        versions.append(
            ReportVersion(
                report=report,
                number=1,
                content=sent_in,
                sha256=digest(sent_in),
                by=approvers[report.scorecard.body_id],
                at=at,
            )
        )
    columns = ["state", "sent", "due_on", "received_on"]
    Report.objects.bulk_update([report for report, _story in sendings], columns, BATCH)
    ReportVersion.objects.bulk_create(versions, BATCH)
    return versions


def _approvers() -> dict[int, Person]:
    """Body's id → who sends for it."""
    roles = Appointment.objects.filter(role=Role.APPROVER, body__isnull=False, last_day=None)
    return {role.body_id: role.person for role in roles.select_related("person")}  # type: ignore[misc]


def _judge(sendings: Sequence[tuple[Assessment, Story]], by: Person, at: datetime) -> None:
    """Where a level made less of a KPI: the lowest target, and why."""
    lowered = {row.report.scorecard_id: (row, story) for row, story in sendings if story.lowered}
    kpis = Kpi.objects.filter(scorecard__in=lowered, template__method="ladder", cancelled="")
    first = {kpi.scorecard_id: kpi for kpi in kpis.order_by("-number")}
    Judgement.objects.bulk_create(
        Judgement(
            assessment=lowered[card][0],
            level=lowered[card][1].lowered or "",
            number=kpi.number,
            status="reported",
            actual=kpi.ladder[0],
            reason=DIFFERS,
            by=by,
            at=at,
        )
        for card, kpi in first.items()
    )


def _conclude(assessments: Sequence[Assessment], at: datetime) -> None:
    """The totals of the levels that passed each on; of those that are through, the results."""
    results = []
    for row in assessments:
        layers = layers_of(row)
        passed = layers.layers if row.state == Stage.DONE else layers.reached(row.state)[:-1]
        row.totals = {layer.level: total_text(layer.score) for layer in passed}
        if row.state == Stage.DONE:
            results += list(_result(row, layers, at))
    Assessment.objects.bulk_update(assessments, ["totals"], BATCH)
    for sha256 in {result.rulebook_sha256 for result in results}:
        rulebooks.keep(YEAR, sha256)
    Result.objects.bulk_create(results, BATCH)


def _result(row: Assessment, layers: Layers, at: datetime) -> Iterator[Result]:
    score = layers.final.score
    if score is not None:
        yield Result(
            body=row.report.scorecard.body,
            fiscal_year=YEAR,
            round_id=row.report.round_id,
            number=1,
            assessment=row,
            state=ResultState.RELEASED,
            released_at=at,
            computed_at=at,
            total=score.total,
            grade_id=score.grade.id if score.grade else "",
            rulebook_sha256=score.rulebook_sha256,
            explanation=score_as_json(score),
            inputs=scorecard_as_input(score.card),
            stages=stages_of(layers),
            is_demo=True,
        )
