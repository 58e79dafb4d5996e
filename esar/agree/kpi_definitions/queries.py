"""Reads of KPI templates that bodies fill in once their KPIs are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.checks import rule_of
from esar.agree.scorecards.content import kpi_content, kpis_of
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.kpi_findings import findings_in, is_of_kpi
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import last_year_of
from esar.agree.scorecards.states import State
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import Word, say
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.platform.calendars.queries import Entry, entries_of
from esar.platform.ui import books


def years_with_templates() -> list[int]:
    """Fiscal years whose bodies send KPI templates in after the agreement."""
    rulebooks = [(year, books.book(year)) for year in books.years()]
    return [
        year
        for year, book in rulebooks
        if book and book.on(book.year.last_day).of_kind(TemplatesRule)
    ]


def templates_of(scorecard: Scorecard) -> KpiTemplates:
    """A scorecard's templates; a draft that is not saved where nobody has begun. One query."""
    templates = KpiTemplates.objects.filter(scorecard=scorecard).first()
    templates = templates or KpiTemplates(scorecard=scorecard, since=scorecard.since)
    templates.scorecard = scorecard
    return templates


@dataclass(frozen=True)
class Sheet:
    """One KPI's template: its texts, the labels of fields still empty, what OPDC says of it."""

    kpi: Kpi
    texts: dict[str, Any]
    missing: tuple[str, ...]
    verdict: dict[str, Any] | None
    findings: tuple[Problem, ...] = ()


def sheets_of(templates: KpiTemplates, rule: TemplatesRule) -> list[Sheet]:
    """Every KPI that the body fills in, by number, with the audit's findings. Three queries."""
    card = templates.scorecard
    kpis = [
        kpi
        for kpi in kpis_of(card)
        if not kpi.template.indicator.is_of_the_rules and not kpi.cancelled
    ]
    texts = {kpi.number: texts_of(templates, kpi, rule) for kpi in kpis}
    with_texts = [AgreedKpi.from_json(kpi_content(kpi) | texts[kpi.number]) for kpi in kpis]
    findings = findings_in(with_texts, last_year_of([card])[card.pk])
    return [
        Sheet(
            kpi,
            texts[kpi.number],
            tuple(
                Word(f"label.{name}") for name in rule.with_template if not texts[kpi.number][name]
            ),
            templates.verdicts.get(kpi.number),
            tuple(finding for finding in findings if is_of_kpi(finding, kpi.number)),
        )
        for kpi in kpis
    ]


def texts_of(templates: KpiTemplates, kpi: Kpi, rule: TemplatesRule) -> dict[str, Any]:
    """What is filled in for a KPI; until then what its template in force says."""
    typed = templates.content.get(kpi.number, {})
    return {name: typed.get(name, getattr(kpi.template, name)) for name in rule.with_template}


def lacking(sheets: list[Sheet]) -> list[Problem]:
    """What keeps the templates from being sent: every empty field of every KPI."""
    return [
        Problem(
            "scorecard.fields_missing",
            {"kpi": sheet.kpi.number, "fields": sheet.missing},
            Place(field=say("place.kpi", {"number": sheet.kpi.number}, "th")),
        )
        for sheet in sheets
        if sheet.missing
    ]


@dataclass(frozen=True)
class Standing:
    """How far a body is with its templates, held against its due days, extensions counted."""

    card: Scorecard
    state: str
    received: date | None
    due: Entry | None
    result_due: Entry | None
    day: date

    @property
    def late(self) -> bool:
        """Sent after the due day, or not sent although it is over."""
        return self.due is not None and (self.received or self.day) > self.due.last

    @property
    def result_owed(self) -> bool:
        """Whether OPDC's result is overdue."""
        waits = self.state == TemplatesState.SENT and self.result_due is not None
        return bool(waits and self.result_due and self.day > self.result_due.last)

    @property
    def rank(self) -> tuple[int, str]:
        """Exceptions first: overdue, then what OPDC owes, then by how much is still to do."""
        states = [
            TemplatesState.DRAFT,
            TemplatesState.PROPOSED,
            TemplatesState.RETURNED,
            TemplatesState.SENT,
            TemplatesState.PASSED,
        ]
        owed = 0 if self.late and self.received is None else 1 if self.result_owed else 2
        return owed * 10 + states.index(TemplatesState(self.state)), self.card.body.name_key


def standings(cards: QuerySet[Scorecard], year: int, day: date) -> list[Standing]:
    """How far every body with KPIs in force is, exceptions first. Three queries."""
    if year not in years_with_templates():
        return []
    in_force = cards.filter(fiscal_year=year, state=State.IN_FORCE)
    cards_with_rule = [card for card in in_force.select_related("body__parent") if rule_of(card)]
    sent = {
        templates.scorecard_id: templates
        for templates in KpiTemplates.objects.filter(scorecard__in=cards_with_rule)
    }
    days = entries_of(year, {card.body_id: card.body for card in cards_with_rule}.values())
    rows = [_standing(card, sent.get(card.pk), days[card.body_id], day) for card in cards_with_rule]
    return sorted(rows, key=lambda standing: standing.rank)


def standing_of(templates: KpiTemplates, day: date) -> Standing:
    """How far one body is. One query."""
    card = templates.scorecard
    return _standing(card, templates, entries_of(card.fiscal_year, [card.body])[card.body_id], day)


def _standing(
    card: Scorecard, templates: KpiTemplates | None, days: list[Entry], day: date
) -> Standing:
    rule = rule_of(card)
    by_id = {one.id: one for one in days}
    return Standing(
        card,
        templates.state if templates else TemplatesState.DRAFT,
        templates.received if templates else None,
        by_id.get(rule.due) if rule else None,
        by_id.get(rule.result) if rule else None,
        day,
    )
