"""A report line by line: what was agreed, what is said, and what that would be in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import (
    Outcome,
    facts_of,
    items_from_json,
    outcome_given,
    outcome_of_plan,
    waits_for_points,
)
from esar.agree.scorecards.counted_weights import Weight, weights_of
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.kpi_forms import is_by_quarter
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.agree.scorecards.round_targets import Basis, bases_of, basis_in
from esar.agree.scorecards.slips import Slip, measured, slips_in
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import CentralData, Round
from esar.law.rules.numbers import trimmed, weighted
from esar.law.rules.owners import rule_for
from esar.law.scoring.accumulation import Accumulated, Month, accumulate
from esar.law.scoring.facts import Plan
from esar.law.scoring.gaps import Gap, next_level
from esar.law.scoring.inputs import plan_as_input, plan_from_input
from esar.law.scoring.lateness import uncounted
from esar.law.scoring.scorecard import KpiScore, Score, TakenOff, score
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.report.activity_plans.monthly.queries import facts_of as facts_of_plan
from esar.report.central_data.models import CentralValue
from esar.report.central_data.queries import values_for
from esar.report.reports.frozen import SentClaim, SentFile, SentMonth, SentReport
from esar.report.reports.models import NARRATIVE, Attachment, Claim, Report, ReportVersion
from esar.report.reports.queries import (
    agreed,
    attachments_of,
    claims_of,
    due_day,
    extended_day,
    months_of,
    receipt_stands,
    round_of,
)
from esar.report.reports.states import ClaimStatus, ReportState


@dataclass(frozen=True)
class Line:
    """One KPI of a report. `kpi` is what was agreed, `basis` what this round holds it to.

    `central` is the rule when another owner gives the result, `given` what they gave; `plan` what
    has come of a plan of activities; `accumulated` what the months add up to; `scored` and `gap`
    what it would be in points.
    """

    kpi: AgreedKpi
    claim: Claim
    months: tuple[Month, ...] = ()
    files: tuple[Attachment, ...] = ()
    central: Rule[CentralData] | None = None
    given: CentralValue | None = None
    plan: Plan | None = None
    accumulated: Accumulated | None = None
    is_due: bool = True  # in this round, measured in it, and not cancelled
    basis: Basis | None = None
    weight: Weight | None = None
    scored: KpiScore | None = None
    gap: Gap | None = None
    waits: bool = False  # its points are an assessor's to give; the body reports its result
    by_quarter: bool = False

    @property
    def number(self) -> str:
        return self.kpi.number

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that this round holds it to, the lowest level first."""
        return self.basis.targets if self.basis else self.kpi.targets

    @property
    def has_months(self) -> bool:
        """Whether its result may be told month by month, or quarter by quarter."""
        return self.kpi.method == IndicatorVersion.Method.LADDER or self.by_quarter

    @property
    def is_held_to_the_round(self) -> bool:
        return self.basis is not None and self.basis.held_to == "round"

    @property
    def is_told_elsewhere(self) -> bool:
        """Whether its result is not typed in the report: it is another's, or its plan's."""
        return self.central is not None or self.kpi.method == IndicatorVersion.Method.PLAN

    @property
    def is_written_here(self) -> bool:
        """Whether its body writes anything of it in this report."""
        return self.is_due and self.central is None

    @property
    def says_something(self) -> bool:
        """Whether there is a result (its own, an owner's, a plan's), or why there is none."""
        if self.is_told_elsewhere:
            return self.outcome.is_reported
        return self.claim.status != ClaimStatus.NOT_REPORTED

    @property
    def says_words(self) -> bool:
        """Whether its body wrote anything beside its result."""
        return bool(self.written)

    @property
    def written(self) -> list[str]:
        """The parts of the account that its body wrote something in."""
        return [name for name in NARRATIVE if getattr(self.claim, name).strip()]

    @property
    def full_mark(self) -> Decimal | None:
        """The most that its weight can bring to the total, on the year's scale."""
        weight = self.scored.weight if self.scored else None
        return (
            None
            if weight is None
            else weighted(books.scale(self.claim.report.scorecard.fiscal_year), weight)
        )

    @property
    def slips(self) -> list[Slip]:
        """Results of its body, its own or its items', that look like slips of the hand."""
        if self.central is not None:
            return []
        result = self.achieved if self.waits else measured(self.kpi, self.achieved)
        return slips_in(self.kpi, result, items_from_json(self.claim.items), self.targets)

    @property
    def achieved(self) -> Decimal | None:
        """The figure that the body reports, in the KPI's unit; it may be no points yet."""
        if not self.waits:
            return self.outcome.actual
        if self.accumulated is not None:
            return _exact(self.accumulated.value)
        return _exact(self.claim.actual)

    @property
    def outcome(self) -> Outcome:
        """What the body says became of it: to be scored as its self-assessment.

        "No data" and "not applicable" are said, not decided: until an assessor decides, they
        count as not reported.
        """
        if self.central is not None:
            return outcome_given(self.kpi, self.given.value if self.given else None)
        if self.kpi.method == IndicatorVersion.Method.PLAN:
            return outcome_of_plan(self.plan)
        if self.waits:
            return Outcome()
        if self.accumulated is not None:  # what the months say, never an older sum of them
            return Outcome(_exact(self.accumulated.value))
        if self.claim.status != ClaimStatus.REPORTED:
            return Outcome()
        steps = self.claim.steps_done
        return Outcome(
            _exact(self.claim.actual),
            None if steps is None else tuple(steps),
            items=items_from_json(self.claim.items),
        )


@dataclass(frozen=True)
class Sheet:
    """A whole report: its lines, and the score that what they say would give."""

    report: Report
    version: ScorecardVersion
    lines: tuple[Line, ...]
    score: Score | None
    problems: tuple[Problem, ...] = ()

    @property
    def due(self) -> list[Line]:
        return [line for line in self.lines if line.is_due]

    @property
    def silent(self) -> list[Line]:
        """Lines that are due and of which nothing is said yet, nor is it another's to say."""
        return [
            line
            for line in self.due
            if not line.is_told_elsewhere and line.claim.status == ClaimStatus.NOT_REPORTED
        ]

    @property
    def without_evidence(self) -> list[Line]:
        """Lines with a result of the body's own and no file that shows it."""
        return [line for line in self._own_results if not line.files]

    @property
    def without_words(self) -> list[Line]:
        """Lines with a result of the body's own and not a word on it."""
        return [line for line in self._own_results if not line.says_words]

    @property
    def _own_results(self) -> list[Line]:
        return [
            line
            for line in self.due
            if not line.is_told_elsewhere and line.claim.status == ClaimStatus.REPORTED
        ]


def sheet_of(report: Report) -> Sheet:
    """The report with everything on it. A constant number of queries.

    Of one that is sent in, what is the body's own is as it was sent in, whatever its months, its
    plan or its targets came to since; a central value is as it counts now.
    """
    if report.state != ReportState.SUBMITTED:
        return sheet_as_entered(report)
    sent = ReportVersion.objects.filter(report=report).latest("number").sent_in
    version = ScorecardVersion.objects.get(
        scorecard=report.scorecard, number=sent.scorecard_version
    )
    plan = next((claim.plan for claim in sent.claims if claim.plan is not None), None)
    months = {claim.number: [_month_of(month) for month in claim.months] for claim in sent.claims}
    return _sheet(report, version, months, plan_from_input(plan) if plan is not None else None)


def sheet_as_entered(report: Report) -> Sheet:
    """The report as its body says it now: what a draft shows, and what sending it in freezes."""
    version, days = agreed(report.scorecard), round_of(report).value
    months = months_of(report.scorecard, days.first, days.last)
    plan = _plan_of(version, report.scorecard.body, report.scorecard.fiscal_year, days.last)
    return _sheet(report, version, months, plan)


def _month_of(sent: SentMonth) -> Month:
    """A month as it was sent in."""
    amounts = (sent.value, sent.numerator, sent.denominator)
    first_day = date.fromisoformat(f"{sent.month}-01")
    return Month(first_day, *(None if one is None else Decimal(one) for one in amounts))


def _sheet(
    report: Report,
    version: ScorecardVersion,
    months: Mapping[str, list[Month]],
    plan: Plan | None,
) -> Sheet:
    """The lines of a report on this version of its scorecard, with their points."""
    book, rules = rules_of(report.scorecard)
    round_rule = round_of(report)
    claims, files = claims_of(report), attachments_of(report)
    listed_as = _listed_as(version, rules)
    body, year = report.scorecard.body, report.scorecard.fiscal_year
    central_values = values_for(body, year, report.round_id)
    bases = bases_of(version.agreed, body.kind, report.round_id)
    weights = weights_of(version.agreed, body)
    lines = []
    for kpi in version.agreed.kpis:
        number = kpi.number
        item = listed_as.get(kpi.indicator, "")
        central = rule_for(rules, kpi.component, item, report.round_id)
        lines.append(
            Line(
                kpi,
                claims.get(number) or Claim(report=report, number=number),
                tuple(months.get(number, ())),
                tuple(files.get(number, ())),
                central,
                central_values.get(central.id) if central else None,
                plan if kpi.method == IndicatorVersion.Method.PLAN else None,
                accumulated(kpi, months.get(number, ()), rules),
                is_due(kpi, bases[number], round_rule, plan),
                bases[number],
                weights[number],
                waits=central is None and waits_for_points(kpi, rules),
                by_quarter=is_by_quarter(kpi, rules),
            )
        )
    return _scored(Sheet(report, version, tuple(lines), None), book, rules)


def line_of(report: Report, number: str) -> Line | None:
    """One line without its points: all that writing needs. Three queries, or one more."""
    _, rules = rules_of(report.scorecard)
    version, round_rule = agreed(report.scorecard), round_of(report)
    kpi = next((kpi for kpi in version.agreed.kpis if kpi.number == number), None)
    if kpi is None:
        return None
    claim = Claim.objects.filter(report=report, number=number).select_related("saved_by").first()
    claim = claim or Claim(number=number)
    claim.report = report  # known: not asked for again
    days = round_rule.value
    months = months_of(report.scorecard, days.first, days.last, number).get(number, [])
    listed_as = _listed_as(version, rules).get(kpi.indicator, "")
    basis = basis_in(kpi, report.round_id, rules)
    central = rule_for(rules, kpi.component, listed_as, report.round_id)
    return Line(
        kpi,
        claim,
        tuple(months),
        central=central,
        waits=central is None and waits_for_points(kpi, rules),
        by_quarter=is_by_quarter(kpi, rules),
        accumulated=accumulated(kpi, months, rules),
        is_due=is_due(
            kpi,
            basis,
            round_rule,
            _plan_of(version, report.scorecard.body, report.scorecard.fiscal_year, days.last),
        ),
        basis=basis,
    )


def _plan_of(version: ScorecardVersion, body: Body, year: int, last: date) -> Plan | None:
    """What has come of the plan of activities by the round's end, where there is such a KPI."""
    has = any(kpi.method == IndicatorVersion.Method.PLAN for kpi in version.agreed.kpis)
    return facts_of_plan(body, year, by=last) if has else None


def is_due(kpi: AgreedKpi, basis: Basis, round_rule: Rule[Round], plan: Plan | None) -> bool:
    """Whether the round scores this KPI; a cancelled one it never does, nor outputs of later."""
    if basis.held_to == "none":
        return False
    components, days = round_rule.value.components, round_rule.value
    if kpi.method == IndicatorVersion.Method.PLAN:
        planned = plan.outputs_between(days.first, days.last).planned if plan else 0
        return planned > 0 and kpi.component in components
    return not kpi.cancelled and (not kpi.component or kpi.component in components)


def _listed_as(version: ScorecardVersion, rules: Rules) -> dict[str, str]:
    """Indicator's code → its item of OPDC's list; only asked where a rule speaks of such items."""
    if not any(rule.value.listed for rule in rules.of_kind(CentralData)):
        return {}
    codes = [kpi.indicator for kpi in version.agreed.kpis]
    return dict(Indicator.objects.filter(code__in=codes).values_list("code", "listed_as"))


def accumulated(kpi: AgreedKpi, months: Any, rules: Rules) -> Accumulated | None:
    """What the months of a KPI add up to, by its own rule; None when there are none."""
    if not months:
        return None
    how: Any = kpi.accumulation
    per = Decimal(kpi.per)
    return accumulate(how, months, per=per, places=rules.rounding("result"))


def _scored(sheet: Sheet, book: Rulebook, rules: Rules) -> Sheet:
    outcomes = {line.number: line.outcome for line in sheet.lines}
    report = sheet.report
    card = facts_of(
        sheet.version.agreed,
        report.scorecard.body,
        report.round_id,
        outcomes,
        received=report.received_on,
        due=extended_day(report),
    )
    try:
        whole = score(card, book)
    except Refused as refused:
        return Sheet(report, sheet.version, sheet.lines, None, refused.problems)
    scores = {one.kpi.id: one for one in whole.kpis}
    lines = tuple(
        replace(
            line,
            scored=scores[line.number],
            gap=next_level(scores[line.number].kpi, rules),
        )
        for line in sheet.lines
    )
    return Sheet(report, sheet.version, lines, whole)


def if_sent(sheet: Sheet, day: date) -> TakenOff | None:
    """What the total would lose if the report were received on a day.

    None where its receipt stands already, or the year takes nothing off for this round.
    """
    report = sheet.report
    if sheet.score is None or receipt_stands(report) or uncounted_if_sent(report, day):
        return None
    extended = extended_day(report, due_day(report))
    card = replace(sheet.score.card, received=day, due=extended)
    return score(card, rules_of(report.scorecard)[0]).taken_off


def uncounted_if_sent(report: Report, day: date) -> Problem | None:
    """Why a report received on a day could not be held against its due day; None where it can."""
    if receipt_stands(report):
        return None
    return uncounted(round_of(report), day, rules_of(report.scorecard)[1])


def as_sent(sheet: Sheet) -> SentReport:
    """What is sent in: every figure as it is, every file by its hash."""
    report = sheet.report
    return SentReport(
        body=report.scorecard.body.code,
        fiscal_year=report.scorecard.fiscal_year,
        round=report.round_id,
        scorecard_version=sheet.version.number,
        scorecard_sha256=sheet.version.sha256,
        total=total_text(sheet.score),
        claims=tuple(_sent_claim(line) for line in sheet.lines),
    )


def content(sheet: Sheet) -> dict[str, Any]:
    """What is sent in, as the JSON that a version keeps."""
    return as_sent(sheet).to_json()


def total_text(score: Score | None) -> str | None:
    """The total as a decimal string; None where nothing that forms it was reported."""
    return f"{score.total:f}" if score and score.status == "reported" else None


def full_mark_of(sent: SentReport, card: Scorecard) -> Decimal | None:
    """What the total that was sent in is out of; None where nothing could score it. One query."""
    version = ScorecardVersion.objects.get(scorecard=card, number=sent.scorecard_version)
    plans = {
        claim.number: outcome_of_plan(plan_from_input(claim.plan))
        for claim in sent.claims
        if claim.plan is not None
    }
    book, _ = rules_of(card)
    try:
        return score(facts_of(version.agreed, card.body, sent.round, plans), book).out_of
    except Refused:
        return None


def _sent_claim(line: Line) -> SentClaim:
    claim = line.claim
    scored = None if line.waits else line.scored  # no points yet is not 0 points
    return SentClaim(
        number=line.number,
        name=line.kpi.name,
        unit=line.kpi.unit,
        status=_status(line),
        actual=_text(line.achieved),
        numerator=_text(claim.numerator),
        denominator=_text(claim.denominator),
        steps_done=_sent_steps(line),
        why=(line.given.no_data if line.given else "") if line.central else claim.why,
        central_value=line.given.pk if line.given else None,
        plan=plan_as_input(line.plan) if line.plan else None,
        months=tuple(
            SentMonth(
                month.month.isoformat()[:7],
                _text(month.value),
                _text(month.numerator),
                _text(month.denominator),
            )
            for month in line.months
        ),
        did=claim.did,
        factors=claim.factors,
        obstacles=claim.obstacles,
        suggestions=claim.suggestions,
        files=tuple(
            SentFile(
                attachment.name, attachment.file.sha256, attachment.file.size, attachment.is_public
            )
            for attachment in line.files
        ),
        points=_text(scored.points) if scored else None,
        weighted=_text(scored.weighted) if scored else None,
        items=claim.items or {},
        absent=frozenset({"plan", "items"})
        - ({"plan"} if line.plan else set())
        - ({"items"} if claim.items else set()),
    )


def _sent_steps(line: Line) -> tuple[int, ...] | None:
    """The steps done, as the body or the owner of the KPI says; of a plan, its outputs say it."""
    if line.central is not None:
        return line.outcome.steps_done
    steps = line.claim.steps_done
    return None if steps is None else tuple(steps)


def _status(line: Line) -> str:
    if line.central:
        return "central"
    if line.kpi.method == IndicatorVersion.Method.PLAN:
        return "plan"
    return line.claim.status


def _exact(value: Decimal | None) -> Decimal | None:
    """A result without the zeros that the database adds."""
    return None if value is None else trimmed(value)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{trimmed(value):f}"


def content_hash(sheet: Sheet) -> str:
    return digest(content(sheet))
