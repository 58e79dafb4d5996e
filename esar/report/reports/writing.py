"""Writes to what a draft holds: what it says of each KPI, its months, its files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import items_as_json
from esar.agree.scorecards.kpi_forms import MONTHS_OF_A_QUARTER, form_of
from esar.kernel.access import require
from esar.kernel.figures import MAX_DIGITS
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.book import Rule
from esar.law.rules.kinds import GivenScore, KindForm, Round
from esar.law.rules.numbers import EXACT, round_ratio, trimmed
from esar.law.rules.refusals import refusal
from esar.law.scoring.accumulation import Month
from esar.platform.evidence.attachments import rest_on
from esar.platform.evidence.models import StoredFile
from esar.platform.history.actions import is_new_edit_session, record
from esar.platform.lifecycle.drafts import is_new_text, mark_of
from esar.platform.organisations.models import Person
from esar.report.reports.content import Line, line_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import NARRATIVE, Attachment, Claim, Progress, Report
from esar.report.reports.queries import months_between, round_of
from esar.report.reports.states import ClaimStatus, ReportState

NOTHING: dict[str, Any] = dict.fromkeys(
    ("actual", "numerator", "denominator", "steps_done", "items")
)
MAX_FILES = 50  # on one KPI
MAX_VALUE = Decimal(10) ** MAX_DIGITS


@transaction.atomic
def save_claim(
    report: Report,
    number: str,
    typed: dict[str, Any],
    *,
    revision: int,
    by: Person,
    at: datetime,
    on: date,
) -> Claim:
    """Keep what is said of a KPI, half-finished or not.

    `typed` holds status, actual or numerator and denominator, steps_done, why and the narrative;
    `revision` is that of the claim the writer had before them. Errors: Refused, with
    "claim.changed_meanwhile" when another has saved since: nothing is overwritten.
    """
    locked = REPORT_LIFE.locked(report)
    require(REPORT_LIFE.may(by, locked, "edit", on))
    line = _line(locked, number)
    claim = line.claim
    before, stored = _shown(claim), _columns(claim)
    narrative = {name: typed.get(name, stored[name]) for name in NARRATIVE}
    columns = stored | _result(line, typed) | narrative
    marks = {"seen": revision, "now": claim.revision}
    if not is_new_text(stored, columns, **marks, by=by, saved=claim, kind="claim", number=number):
        return claim
    is_new_session = is_new_edit_session(claim, by, at)
    for name, value in columns.items():
        setattr(claim, name, value)
    claim.revision, claim.saved_by, claim.saved_at = claim.revision + 1, by, at
    claim.save()
    if is_new_session:
        record(
            "claim.saved",
            locked,
            by=by,
            at=at,
            body=locked.scorecard.body.code,
            before=before,
            after=_shown(claim),
        )
    return claim


RESULT = ("status", *NOTHING, "why")


def _columns(claim: Claim) -> dict[str, Any]:
    """What a claim says, column by column."""
    return {name: getattr(claim, name) for name in (*RESULT, *NARRATIVE)}


def _line(report: Report, number: str) -> Line:
    """The line of a KPI that is due in the round and the body's own to report on."""
    line = line_of(report, number)
    figures = {"number": number}
    if line is None or not line.is_due:
        raise Refused([refusal("claim.not_due", round_of(report), figures)])
    if line.central is not None:
        raise Refused([refusal("claim.is_central", line.central, figures)])
    return line


def _shown(claim: Claim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "status": claim.status,
        "steps_done": claim.steps_done,
        "actual": None if claim.actual is None else f"{trimmed(claim.actual):f}",
        **({"items": claim.items} if claim.items else {}),
        "why": claim.why,
    }


def _result(line: Line, typed: dict[str, Any]) -> dict[str, Any]:
    """Status and result as they are kept. What months add up to is not typed over.

    Errors: Refused for a status without what it needs.
    """
    if line.is_told_elsewhere:  # a plan of activities: here it is only told about
        return NOTHING | {"status": ClaimStatus.NOT_REPORTED, "why": ""}
    status, why = typed["status"], typed.get("why", "").strip()
    if line.accumulated is not None:
        return NOTHING | {
            "status": ClaimStatus.REPORTED,
            "actual": line.accumulated.value,
            "why": why,
        }
    if status in (ClaimStatus.NO_DATA, ClaimStatus.NOT_APPLICABLE) and not why:
        raise Refused([Problem("claim.no_reason", {"number": line.number})])
    if status != ClaimStatus.REPORTED:
        return NOTHING | {"status": status, "why": why}
    if line.by_quarter:
        raise Refused([refusal("claim.by_quarter", _form_of(line), {"number": line.number})])
    result = NOTHING | {"status": status, "why": why} | _typed(line, typed)
    _check_scale(line, result["actual"])
    if all(result[name] is None for name in ("actual", "steps_done", "items")):
        raise Refused([Problem("claim.no_result", {"number": line.number})])
    return result


def _check_scale(line: Line, actual: Decimal | None) -> None:
    """Points that OPDC is to give lie on the year's scale. Errors: Refused."""
    _, rules = rules_of(line.claim.report.scorecard)
    scale = rules.the(GivenScore)
    is_given = line.kpi.method == IndicatorVersion.Method.GIVEN and not line.waits
    if not is_given or actual is None or scale is None:
        return
    if not scale.value.least <= actual <= scale.value.most:
        figures = {"number": line.number, "least": scale.value.least, "most": scale.value.most}
        raise Refused([refusal("claim.points_off_scale", scale, figures)])


def _typed(line: Line, typed: dict[str, Any]) -> dict[str, Any]:
    """The result in the form that the KPI's method and accumulation ask for."""
    if line.kpi.method == IndicatorVersion.Method.MILESTONES:
        return {"steps_done": sorted(typed.get("steps_done") or [])}
    if line.kpi.method == IndicatorVersion.Method.ITEMS:
        items = typed.get("items") or {}
        for result in items.values():
            _check_size(result, line.number)
        return {"items": items_as_json(items) or None}
    if line.kpi.accumulation != IndicatorVersion.Accumulation.RATIO:
        return {"actual": typed.get("actual")}
    above, below = typed.get("numerator"), typed.get("denominator")
    if above is None or below is None:
        return {}
    if below == 0:
        raise Refused([Problem("claim.zero_denominator", {"number": line.number})])
    _, rules = rules_of(line.claim.report.scorecard)
    multiplied = EXACT.multiply(above, Decimal(line.kpi.per))
    actual = round_ratio(multiplied, below, rules.rounding("result"))
    _check_size(actual, line.number)
    return {"actual": actual, "numerator": above, "denominator": below}


@transaction.atomic
def save_months(
    report: Report,
    number: str,
    months: dict[date, dict[str, Decimal | None]],
    *,
    seen: str | None = None,
    replaces_typed: bool = True,
    by: Person,
    at: datetime,
    on: date,
) -> int:
    """Keep the monthly progress of a KPI; a month left empty is taken out. How many changed.

    What the months add up to becomes the result of every draft report that covers them; a result
    that was typed is put aside, where the writer says so (`replaces_typed`), and comes back when no
    month is left. `seen` is the mark of the months that the writer had before them.
    Errors: Refused for a month of the future or outside the round, half a ratio, or a typed result
    that would be put aside; Conflict when another has saved months since.
    """
    together = _locked_together(report.scorecard_id)
    locked = next(one for one in together if one.pk == report.pk)
    require(REPORT_LIFE.may(by, locked, "edit", on))
    line = _line(locked, number)
    _check_months(line, months, round_of(locked), on)
    by_month = {
        one.month: one for one in Progress.objects.filter(scorecard=locked.scorecard, number=number)
    }
    before = month_words(by_month.values())
    days = round_of(locked).value
    stored = {month: row for month, row in by_month.items() if days.first <= month <= days.last}
    then = {month: _amounts(row) for month, row in stored.items()}
    new_amounts = then | {
        month: tuple(values.get(name) for name in AMOUNTS) for month, values in months.items()
    }
    new_amounts = {month: amounts for month, amounts in new_amounts.items() if amounts != EMPTY}
    now = mark_of_months(stored.values())
    if not is_new_text(
        then, new_amounts, seen=seen, now=now, by=by, kind="progress", number=number
    ):
        return 0
    if not replaces_typed:
        typed_months = [month for month in new_amounts if month not in then]
        _check_replaces(together, number, typed_months, list(by_month))
    changed = [
        month
        for month, said in months.items()
        if _keep_month(locked, number, month, said, by_month.get(month), by=by, at=at)
    ]
    if changed:
        _check_not_proposed(together, changed, number)
        after = month_words(Progress.objects.filter(scorecard=locked.scorecard, number=number))
        for draft in together:
            if draft.state != ReportState.DRAFT:
                continue
            results = _carry(draft, number, list(by_month), by=by, at=at)
            if results is not None:
                record(
                    "progress.saved",
                    draft,
                    by=by,
                    at=at,
                    body=locked.scorecard.body.code,
                    before={"number": number, "actual": results[0], **before},
                    after={"number": number, "actual": results[1], **after},
                )
    return len(changed)


def typed_results(
    drafts: Iterable[Report], number: str, months: Iterable[date], months_before: Iterable[date]
) -> list[Claim]:
    """What drafts say of a KPI by themselves that these months would take the place of.

    A draft that already counts months has nothing typed. Months belong to several rounds.
    """
    new_months, before = list(months), list(months_before)
    replaced = []
    for draft in drafts:
        days = round_of(draft).value
        covers = any(days.first <= month <= days.last for month in new_months)
        counts = any(days.first <= month <= days.last for month in before)
        if draft.state == ReportState.DRAFT and covers and not counts:
            replaced.append(draft)
    claims = Claim.objects.filter(report__in=replaced, number=number)
    return list(claims.exclude(status=ClaimStatus.NOT_REPORTED).select_related("report__scorecard"))


def months_replace_typed(report: Report, number: str, days: Round) -> bool:
    """Whether months of a round could take the place of what a draft says. Three queries."""
    drafts = Report.objects.filter(scorecard=report.scorecard, state=ReportState.DRAFT)
    drafts = drafts.select_related("scorecard__body__parent")
    before = Progress.objects.filter(scorecard=report.scorecard, number=number)
    return bool(
        typed_results(
            drafts,
            number,
            months_between(days.first, days.last),
            before.values_list("month", flat=True),
        )
    )


def _check_replaces(
    together: Iterable[Report], number: str, months: list[date], months_before: list[date]
) -> None:
    """Refuse months over what was typed: its writer has not said so."""
    problems = [
        Problem(
            "progress.replaces_typed",
            {
                "number": number,
                "round": round_of(claim.report).label,
                "actual": _figure(claim.actual) or Word(f"claim-status.{claim.status}"),
            },
        )
        for claim in typed_results(together, number, months, months_before)
    ]
    if problems:
        raise Refused(problems)


def _locked_together(scorecard: int) -> list[Report]:
    """Every report of a scorecard, locked in one order, for months belong to several."""
    reports = Report.objects.select_for_update(of=("self",)).filter(scorecard=scorecard)
    return list(reports.select_related("scorecard__body__parent").order_by("pk"))


def _check_not_proposed(together: list[Report], changed: list[date], number: str) -> None:
    """A month of a report that waits for its approver stays as it was proposed."""
    for report in together:
        days = round_of(report).value
        covered = any(days.first <= month <= days.last for month in changed)
        if report.state == ReportState.PROPOSED and covered:
            raise Refused([Problem("progress.month_proposed", {"number": number})])


EMPTY = (None, None, None)
AMOUNTS = ("value", "numerator", "denominator")


def _amounts(progress: Progress) -> tuple[Decimal | None, ...]:
    return tuple(getattr(progress, name) for name in AMOUNTS)


def mark_of_months(months: Iterable[Progress | Month]) -> str:
    """The mark of a KPI's months of a round, as their writer has them before them."""
    return mark_of(month_words(months))


def month_words(months: Iterable[Progress | Month]) -> dict[str, str]:
    """Months as the log keeps them: 2023-10 → 82."""
    return {f"{progress.month:%Y-%m}": _month_words(progress) for progress in months}


def _month_words(progress: Progress | Month) -> str:
    if progress.value is not None:
        return f"{trimmed(progress.value):f}"
    above, below = progress.numerator or Decimal(0), progress.denominator or Decimal(0)
    return f"{trimmed(above):f}/{trimmed(below):f}"


def _form_of(line: Line) -> Rule[KindForm] | None:
    """The year's form of the KPI's kind."""
    return form_of(line.kpi, rules_of(line.claim.report.scorecard)[1])


def _check_months(
    line: Line, months: dict[date, dict[str, Any]], round_rule: Rule[Round], on: date
) -> None:
    days = round_rule.value
    ratio = line.kpi.accumulation == IndicatorVersion.Accumulation.RATIO
    problems = []
    for month, typed in months.items():
        figures: dict[str, object] = {"month": month, "number": line.number}
        if not days.first <= month <= days.last or month > on:
            problems.append(refusal("progress.month_outside", round_rule, figures))
        parts = [typed.get("numerator"), typed.get("denominator")]
        if ratio and (parts[0] is None) != (parts[1] is None):
            problems.append(Problem("progress.half_a_ratio", figures))
        if line.by_quarter and month.month % MONTHS_OF_A_QUARTER:
            problems.append(refusal("progress.not_a_quarter", _form_of(line), figures))
    if not line.has_months:
        problems.append(Problem("progress.not_for_this_kpi", {"number": line.number}))
    if problems:
        raise Refused(problems)


def _keep_month(
    report: Report,
    number: str,
    month: date,
    typed: dict[str, Decimal | None],
    progress: Progress | None,
    *,
    by: Person,
    at: datetime,
) -> bool:
    """Write one month if it differs. Whether it did."""
    values = {name: typed.get(name) for name in ("value", "numerator", "denominator")}
    if all(value is None for value in values.values()):
        if progress is not None:
            progress.delete()
        return progress is not None
    if progress is not None and all(
        getattr(progress, key) == value for key, value in values.items()
    ):
        return False
    Progress.objects.update_or_create(
        scorecard=report.scorecard,
        number=number,
        month=month,
        defaults=values | {"by": by, "at": at},
    )
    return True


def _carry(
    report: Report, number: str, months_before: list[date], *, by: Person, at: datetime
) -> tuple[str | None, str | None] | None:
    """What the months add up to, as the result of a draft report: the result before and after.

    None where the report has no such KPI of its own. A typed result that months take the place of
    is put aside; without months it is the result again.
    """
    line = line_of(report, number)
    if line is None or not line.is_due or line.central is not None:
        return None
    total = line.accumulated
    if total is not None:
        _check_size(total.value, number)
    claim, _ = Claim.objects.get_or_create(report=report, number=number)
    before = _figure(claim.actual)
    if total is not None:
        days = round_of(report).value
        was_typed = not any(days.first <= month <= days.last for month in months_before)
        if was_typed and claim.status != ClaimStatus.NOT_REPORTED:
            claim.put_aside = _as_json(claim)
        columns = NOTHING | {"actual": total.value, "status": ClaimStatus.REPORTED}
    elif claim.put_aside is not None:
        columns, claim.put_aside = _from_json(claim.put_aside), None
    else:
        columns = NOTHING | {"status": ClaimStatus.NOT_REPORTED}
    for name, value in columns.items():
        setattr(claim, name, value)
    claim.revision, claim.saved_by, claim.saved_at = claim.revision + 1, by, at
    claim.save()
    return before, _figure(claim.actual)


AMOUNTS_TYPED = ("actual", "numerator", "denominator")


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{trimmed(value):f}"


def _as_json(claim: Claim) -> dict[str, Any]:
    amounts = {name: _figure(getattr(claim, name)) for name in AMOUNTS_TYPED}
    return amounts | {"status": claim.status, "steps_done": claim.steps_done, "items": claim.items}


def _from_json(put_aside: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in AMOUNTS_TYPED and value else value
        for name, value in put_aside.items()
    }


def _check_size(value: Decimal, number: str) -> None:
    """A result must be a figure that a person can read and a database keeps."""
    if len(trimmed(value).as_tuple().digits) > MAX_DIGITS or abs(value) >= MAX_VALUE:
        raise Refused([Problem("claim.result_too_large", {"number": number})])


@transaction.atomic
def attach(
    report: Report, number: str, file: StoredFile, name: str, *, by: Person, at: datetime, on: date
) -> Attachment:
    """Rest a claim on a file. The same file again on the same KPI is the same attachment."""
    locked = REPORT_LIFE.locked(report)
    require(REPORT_LIFE.may(by, locked, "edit", on))
    _line(locked, number)
    claim, _ = Claim.objects.get_or_create(report=locked, number=number)
    attachment, is_new = rest_on(
        Attachment.objects.filter(claim=claim),
        file,
        name,
        limit=MAX_FILES,
        too_many=Problem("evidence.too_many", {"most": MAX_FILES, "number": number}),
        by=by,
        at=at,
        claim=claim,
    )
    if is_new:
        after = {"number": number} | attachment.in_short()
        record(
            "evidence.attached", locked, by=by, at=at, body=locked.scorecard.body.code, after=after
        )
    return attachment


@transaction.atomic
def attach_too(
    report: Report, number: str, attachment: Attachment, *, by: Person, at: datetime, on: date
) -> Attachment:
    """Rest another KPI of the same scorecard on a file that is there already."""
    return attach(report, number, attachment.file, attachment.name, by=by, at=at, on=on)


@transaction.atomic
def detach(attachment: Attachment, *, by: Person, at: datetime, on: date) -> None:
    """Take a file off a claim. The content stays in the store: a version sent in may name it."""
    locked = REPORT_LIFE.locked(attachment.claim.report)
    require(REPORT_LIFE.may(by, locked, "edit", on))
    before = {
        "number": attachment.claim.number,
        "name": attachment.name,
        "sha256": attachment.file.sha256,
    }
    record("evidence.removed", locked, by=by, at=at, body=locked.scorecard.body.code, before=before)
    attachment.delete()


@transaction.atomic
def make_public(
    attachment: Attachment, *, public: bool, by: Person, at: datetime, on: date
) -> None:
    """Mark a file to be shown with the result, or not."""
    locked = REPORT_LIFE.locked(attachment.claim.report)
    require(REPORT_LIFE.may(by, locked, "edit", on))
    Attachment.objects.filter(pk=attachment.pk).update(is_public=public)
    record(
        "evidence.marked",
        locked,
        by=by,
        at=at,
        body=locked.scorecard.body.code,
        before={"name": attachment.name, "is_public": attachment.is_public},
        after={"name": attachment.name, "is_public": public},
    )
