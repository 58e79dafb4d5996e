"""The rows of each table, from the register and the recomputed scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from esar.exchange.packaging.edition import WITH_KINDS, Key, Register, Release
from esar.exchange.packaging.text import Cell
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rulebook
from esar.law.rules.kinds import Total
from esar.law.rules.numbers import EXACT, trimmed, weighted
from esar.law.scoring.facts import Given, Items, Kpi, Measured, Outputs, Plan, Result, StepsDone
from esar.law.scoring.scorecard import KpiScore, Score, rules_for

LEVELS = 5
FORMS: dict[type, str] = {
    Measured: "measured",
    StepsDone: "steps",
    Items: "items",
    Outputs: "outputs",
    Plan: "plan",
    Given: "given",
}
Scores = Mapping[Key, Score]
Books = Mapping[str, Rulebook]  # by their SHA-256: a score is of one of them
Rows = Iterator[Sequence[Cell]]


def results(register: Register, scores: Scores, _books: Books) -> Rows:
    for release in register.releases:
        if release.key in scores:
            yield _result_row(release, scores[release.key])


def _result_row(release: Release, score: Score) -> Sequence[Cell]:
    grade = score.grade
    stages = (release.self_total, release.assessed_total, release.final_total)
    return (
        release.code,
        release.round,
        score.total,
        trimmed(score.out_of),
        grade.id if grade else "",
        grade.label.th if grade else "",
        grade.label.en if grade else "",
        *(None if total is None else Decimal(total) for total in stages),
        release.number,
        release.reason,
        release.released_on,
        release.is_demo,
    )


def kpis(register: Register, scores: Scores, books: Books) -> Rows:
    for release in register.releases:
        if release.key in scores:
            score = scores[release.key]
            scale = _scale(score, books[score.rulebook_sha256])
            for kpi in score.kpis:
                yield (release.code, release.round, *_kpi_row(kpi, scale, register.edition.form))


def _scale(score: Score, book: Rulebook) -> Decimal:
    """The most a total can be under the rules of the score's round."""
    rules, _ = rules_for(score.card, book)
    return rules.of_kind(Total)[0].value.scale


def _kpi_row(kpi_score: KpiScore, scale: Decimal, form: int) -> Sequence[Cell]:
    kpi, result = kpi_score.kpi, kpi_score.kpi.result
    direction = result.direction if isinstance(result, Measured) else ""
    return (
        kpi.id,
        kpi.label,
        kpi.component or "",
        *(_kind(kpi_score) if form >= WITH_KINDS else ()),
        _weight(kpi_score, form),
        kpi.unit,
        FORMS[type(result)],
        direction,
        *_targets(kpi),
        _actual(result),
        kpi_score.status,
        kpi_score.points,
        kpi_score.weighted,
        _lost(kpi_score, scale),
    )


def _kind(kpi_score: KpiScore) -> Sequence[str]:
    """Its kind, what that is called, and the number of the kind's group."""
    kind = kpi_score.kind
    if kind is None:
        return ("", "", "", "")
    return (kind.rule.id, kind.rule.label.th, kind.rule.label.en, kind.group_number)


def _weight(kpi_score: KpiScore, form: int) -> Decimal | None:
    """The weight as it was scored: the others carry that of a KPI that is not applicable."""
    if kpi_score.weight is None or (form > 1 and kpi_score.status == "not_applicable"):
        return None
    return trimmed(kpi_score.weight)


def _targets(kpi: Kpi) -> list[Decimal | None]:
    """The targets from the lowest level up, and nothing for levels there are not."""
    targets = kpi.result.targets if isinstance(kpi.result, Measured) else ()
    if len(targets) > LEVELS:
        figures = {"kpi": kpi.id, "found": len(targets), "most": LEVELS}
        raise Refused([Problem("package.too_many_targets", figures)])
    return [*targets, *[None] * (LEVELS - len(targets))]


def _actual(result: Result) -> Decimal | None:
    """The one figure reported; a KPI of steps, items or a plan has no single one."""
    match result:
        case Measured(actual=actual):
            return actual
        case Given(score=score):
            return score
        case Outputs(achieved=achieved):
            return None if achieved is None else Decimal(achieved)
    return None


def _lost(kpi_score: KpiScore, scale: Decimal) -> Decimal | None:
    """What the KPI could still have added to the total; None when it does not count."""
    if kpi_score.weight is None or kpi_score.weighted is None:
        return None
    return EXACT.subtract(weighted(scale, kpi_score.weight), kpi_score.weighted)


def bodies(register: Register, _scores: Scores, _books: Books) -> Rows:
    for body in register.bodies:
        yield (body.code, body.kind, body.name.th, body.name.en, body.parent)


def self_evaluations(register: Register, _scores: Scores, _books: Books) -> Rows:
    for row in register.self_evaluations:
        figures = (None if text is None else Decimal(text) for text in (row.total, row.scale))
        yield (
            row.code,
            row.round,
            row.name.th,
            row.name.en,
            *figures,
            row.grade,
            row.put_on,
            row.is_demo,
        )


def rules_cited(_register: Register, scores: Scores, _books: Books) -> Rows:
    cited = {
        (step.rule, cite.source.id, cite.clause): cite.source
        for score in scores.values()
        for step in _steps(score)
        for cite in step.cites
    }
    for (rule, source, clause), document in sorted(cited.items(), key=lambda pair: pair[0]):
        title = document.title
        yield (rule, source, clause, title.th, title.en, document.number or "", document.day)


def _steps(score: Score) -> Iterable[Any]:
    yield from score.steps
    for kpi in score.kpis:
        yield from kpi.steps
