"""Reads of assessments: whose desk they are at, and what each level makes of each KPI."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from esar.agree.scorecards.checks import rules_of
from esar.judge.assessments.models import (
    Assessment,
    Declaration,
    DeclaredConflict,
    Finding,
    Judgement,
    Visit,
    YearDeclaration,
)
from esar.judge.assessments.states import LEVELS, OF_OPDC, Stage
from esar.law.rules.kinds import Assessment as Levels
from esar.platform.history.models import Event
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import (
    bodies_of,
    holds,
    in_charge_of,
    of_own_bodies,
    office_code,
    office_over,
    people_with,
    sees_everything,
)
from esar.platform.ui import books

BODY = "report__scorecard__body__"
PAST_OPDC = (Stage.MINISTER, Stage.PRIME_MINISTER, Stage.DONE)


def visible_assessments(person: Any, day: date) -> QuerySet[Assessment]:
    """OPDC's all; a minister's office those of its bodies that have reached it; no one else's."""
    assessments = Assessment.objects.select_related("report__scorecard__body__parent", "version")
    # The content is large, and only one assessment's page needs it.
    assessments = assessments.defer("version__content")
    if sees_everything(person, day):
        return assessments
    return assessments.filter(_under(person, day))


def _under(person: Any, day: date) -> Q:
    ministries = bodies_of(person, day, Role.MINISTERS_OFFICE)
    codes = set(Body.objects.filter(pk__in=ministries).values_list("code", flat=True))
    condition = in_charge_of(ministries, day, BODY) & Q(state__in=PAST_OPDC)
    if office_code("prime_minister") in codes:
        condition |= Q(state__in=(Stage.PRIME_MINISTER, Stage.DONE))
    return condition


def counted_assessments(person: Any, day: date) -> QuerySet[Assessment]:
    """The assessments one may see, with `judged`: how many KPIs were judged anew, and when last.

    One query.
    """
    judgements = Judgement.objects.filter(assessment=OuterRef("pk")).order_by().values("assessment")
    counted = judgements.annotate(many=Count("pk")).values("many")
    newest = judgements.annotate(newest=Max("at")).values("newest")
    assessments = visible_assessments(person, day)
    return assessments.annotate(judged=Subquery(counted), judged_at=Subquery(newest))


def levels_of(assessment: Assessment) -> tuple[Levels.Level, ...]:
    """The levels that assess it, in order; none where the year has no such rule.

    An office that is the minister's and the Prime Minister's in one assesses once, at the later of
    its levels; one at whose earlier level the assessment is already, or was, keeps both. Two
    queries.
    """
    rule = rules_of(assessment.report.scorecard)[1].the(Levels)
    levels = rule.value.levels if rule else ()
    body = assessment.report.scorecard.body
    offices = [
        None if level.office == "opdc" else office_over(body, level.office) for level in levels
    ]
    return tuple(
        level
        for level, office, later in zip(levels, offices, [*offices[1:], None], strict=True)
        if office is None
        or office != later
        or level.id == assessment.state
        or level.id in assessment.totals
    )


def level_of(assessment: Assessment) -> Levels.Level | None:
    """The level at whose desk it is; None where it is with the body, or done."""
    levels = levels_of(assessment)
    return next((level for level in levels if level.id == assessment.state), None)


def stages_of(year: int | None) -> list[str]:
    """The stages that an assessment of a year, or of any, may be at."""
    book = books.book(year) if year else None
    rule = book.on(book.year.last_day).the(Levels) if book else None
    levels = {level.id for level in rule.value.levels} if rule else set(LEVELS)
    return [stage for stage in Stage.values if stage not in LEVELS or stage in levels]


def judgements_of(assessment: Assessment) -> dict[str, dict[str, Judgement]]:
    """Level → KPI number → what it judged. One query."""
    by_level: dict[str, dict[str, Judgement]] = {}
    for judgement in Judgement.objects.filter(assessment=assessment).select_related("by"):
        by_level.setdefault(judgement.level, {})[judgement.number] = judgement
    return by_level


def declared_conflict(assessment: Assessment, person: Person) -> bool | None:
    """Whether a person declared a conflict of interest there; None where nothing. Two queries.

    They declare on one assessment, or once for a year and all its bodies. A conflict, once
    declared, stands.
    """
    answers = {
        *Declaration.objects.filter(assessment=assessment, person=person).values_list(
            "has_conflict", flat=True
        ),
        *_of_the_year(assessment).filter(person=person).values_list("has_conflict", flat=True),
    }
    return any(answers) if answers else None


def _of_the_year(assessment: Assessment) -> QuerySet[Any]:
    """What people declared for its whole year, with `has_conflict` and `detail` at its body."""
    card = assessment.report.scorecard
    conflicts = DeclaredConflict.objects.filter(declaration=OuterRef("pk"), body=card.body_id)
    declarations = YearDeclaration.objects.filter(fiscal_year=card.fiscal_year)
    return declarations.annotate(
        has_conflict=Exists(conflicts), detail=Subquery(conflicts.values("detail")[:1])
    )


def people_with_conflict(assessment: Assessment) -> set[int]:
    """Ids of everyone who declared a conflict of interest there. Two queries."""
    own = Declaration.objects.filter(assessment=assessment, has_conflict=True)
    of_the_year = _of_the_year(assessment).filter(has_conflict=True)
    return {*own.values_list("person", flat=True), *of_the_year.values_list("person", flat=True)}


def year_declarations(person: Any, year: int) -> QuerySet[YearDeclaration]:
    """What a person declared for a year, the newest first. One query."""
    return YearDeclaration.objects.filter(person=person.pk, fiscal_year=year)


def conflicts_declared(person: Any, year: int) -> QuerySet[DeclaredConflict]:
    """The bodies that a person named for a year. One query."""
    conflicts = DeclaredConflict.objects.filter(declaration__in=year_declarations(person, year))
    return conflicts.select_related("body", "declaration")


def at_desk_of(person: Any, day: date, stage: str) -> QuerySet[Assessment]:
    """Assessments that wait for the person's own office at a stage."""
    assessments = Assessment.objects.filter(state=stage)
    if stage == Stage.PRELIMINARY:
        return assessments if holds(person, day, Role.ASSESSOR) else assessments.none()
    offices = bodies_of(person, day, Role.MINISTERS_OFFICE)
    codes = set(Body.objects.filter(pk__in=offices).values_list("code", flat=True))
    if stage == Stage.PRIME_MINISTER:
        return assessments if office_code("prime_minister") in codes else assessments.none()
    return assessments.filter(in_charge_of(offices, day, BODY))


def declarations_of(assessment: Assessment) -> list[Declaration | YearDeclaration]:
    """What was declared of it, and by whoever judged it for the year. Three queries."""
    own = Declaration.objects.filter(assessment=assessment).select_related("person")
    of_the_year = _of_the_year(assessment).select_related("person")
    heard = of_the_year.filter(Q(has_conflict=True) | Q(person__in=assessors_of(assessment)))
    return sorted([*own, *heard], key=lambda declaration: declaration.at, reverse=True)


def visits_of(assessment: Assessment) -> QuerySet[Visit]:
    return Visit.objects.filter(assessment=assessment).select_related("by")


def findings_of(visits: Iterable[Visit]) -> dict[int, list[Finding]]:
    """Visit id → its findings. One query."""
    by_visit: dict[int, list[Finding]] = {}
    visits_by_id = {visit.pk: visit for visit in visits}
    for finding in Finding.objects.filter(visit__in=visits_by_id):
        finding.visit = visits_by_id[finding.visit_id]
        by_visit.setdefault(finding.visit_id, []).append(finding)
    return by_visit


def visible_visits(person: Any, day: date) -> QuerySet[Visit]:
    """OPDC's all; a body's own, for it is told of them and answers."""
    visits = Visit.objects.select_related("scorecard__body__parent", "assessment", "by")
    return of_own_bodies(visits, person, day, "scorecard__body")


def counted_visits(person: Any, day: date) -> QuerySet[Visit]:
    """The visits one may see, with `said` and `open`: how many findings, and not closed.

    One query.
    """
    findings = Finding.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    counted = findings.annotate(many=Count("pk")).values("many")
    left = findings.exclude(state="closed").annotate(many=Count("pk")).values("many")
    return visible_visits(person, day).annotate(said=Subquery(counted), open=Subquery(left))


ACTS = (
    "assessment.judged",
    "assessment.checked",
    "assessment.pass_on",
    "assessment.hand_back",
    "assessment.return",
)


def assessors_of(assessment: Assessment) -> set[int]:
    """People who judged it, passed it on or visited: they do not sit on an appeal. Two queries."""
    events = Event.objects.filter(
        subject_kind="assessment",
        subject_id=str(assessment.pk),
        actor_id__isnull=False,
        verb__in=ACTS,
    )
    visitors = Visit.objects.filter(assessment=assessment).values_list("by", flat=True)
    actors = events.values_list("actor_id", flat=True)
    return {pk for pk in actors if pk is not None} | set(visitors)


def companions_of(person: Any, day: date) -> QuerySet[Person]:
    """Whom one may take along on a visit: OPDC's other assessors and analysts. One query.

    Each is asked about the body when the visit is planned.
    """
    return people_with(day, *OF_OPDC).exclude(pk=person.pk).order_by("name_key")
