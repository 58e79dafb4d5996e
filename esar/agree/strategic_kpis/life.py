"""The life of a strategic KPI, which OPDC drafts and committees decide on, and of its results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.strategic_kpis.achieved import due_on, round_of_results, strategic_law
from esar.agree.strategic_kpis.models import ResultFile, StrategicKpi, StrategicResult
from esar.agree.strategic_kpis.queries import committees_of_hosts, visible_strategic
from esar.agree.strategic_kpis.states import (
    IN_FORCE,
    RESULT_EDITS,
    RESULT_MOVES,
    STRATEGIC_EDITS,
    STRATEGIC_MOVES,
    TOLD,
    ResultState,
    StrategicState,
)
from esar.kernel.problems import Problem
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.platform.evidence.draft_files import DraftFiles
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Committee, Person, Role
from esar.platform.organisations.queries import holds, people_with


class StrategicLife(Life[StrategicKpi]):
    """Written by OPDC; resolved by the committees that the year's rules name."""

    name, model, page = "strategic", StrategicKpi, "strategic_kpis:strategic"
    body_at = "host"  # it is OPDC's work, about its host
    moves, edits, related = STRATEGIC_MOVES, STRATEGIC_EDITS, ("host",)
    written_by, sent_by = ("strategic.drafted", "strategic.changed"), ("strategic.submit",)

    def figures(self, thing: StrategicKpi) -> Mapping[str, object]:
        return {"kpi": thing.code}

    def visible(self, person: Any, day: date) -> QuerySet[StrategicKpi]:
        return visible_strategic(person, day)

    def has_role(self, person: Any, role: str, thing: StrategicKpi, day: date) -> bool:
        """A secretary's counts at the committee whose turn it is."""
        if role != Role.SECRETARY:
            return super().has_role(person, role, thing, day)
        committee = committee_now(thing)
        return committee is not None and holds(person, day, role, committee=committee.pk)

    def content(self, thing: StrategicKpi) -> Mapping[str, Any]:
        return {
            "code": thing.code,
            "fiscal_year": thing.fiscal_year,
            "host": thing.host.code,
            "kpi_name": thing.name,
            "unit": thing.unit,
            "direction": thing.direction,
            "plan": thing.plan,
            "issue": thing.issue,
            "sub_issue": thing.sub_issue,
            "targets": thing.targets,
        }

    def check(self, act: Act[StrategicKpi]) -> Iterator[Problem]:
        if act.name == "tell" and committee_of(act.thing) is None:
            yield Problem("strategic.no_committee", {"host": act.thing.host})

    def changes(self, act: Act[StrategicKpi]) -> Mapping[str, Any]:
        if act.name == "approve":
            act.after["resolution"] = act.resolution
            return {"resolution": act.resolution}
        return {"in_force_from": act.given["decided_on"]} if act.name == "enforce" else {}

    def notices(self, act: Act[StrategicKpi]) -> Iterable[Notice]:
        """Of each alone; of many at once whoever moves them tells in one sentence."""
        return () if act.given.get("in_bulk") else super().notices(act)

    def people_told(self, act: Act[StrategicKpi]) -> Iterable[Person]:
        return whose_turn(act.thing, act.move, act.on)

    def notice_figures(self, thing: StrategicKpi) -> Mapping[str, Any]:
        return self.figures(thing)

    def refused_by_database(self, act: Act[StrategicKpi]) -> Problem:
        if act.move.begins:
            return Problem("strategic.code_taken", {"code": act.thing.code})
        return super().refused_by_database(act)


def committee_of(thing: StrategicKpi) -> Committee | None:
    """The level-2 committee that decides on its host."""
    return committees_of_hosts(thing.fiscal_year).get(thing.host_id)


def committee_now(thing: StrategicKpi) -> Committee | None:
    """The committee whose turn it is; None while it is OPDC's."""
    law = strategic_law(thing.fiscal_year)
    if law is None:
        return None
    if thing.state in (TOLD, StrategicState.IN_FORCE):
        return committee_of(thing)
    by_state: dict[str, str] = {
        StrategicState.OPINION: law.value.opinion_by,
        StrategicState.DECIDE: law.value.approved_by,
    }
    rule_id = by_state.get(thing.state)
    return Committee.objects.filter(rule_id=rule_id).first() if rule_id else None


def whose_turn(thing: StrategicKpi, move: Move, on: date) -> list[Person]:
    """Whom a move tells: the secretary of the committee whose turn it now is, or OPDC."""
    if Role.SECRETARY not in move.tells:
        return list(people_with(on, *move.tells))
    committee = committee_now(thing)
    return list(people_with(on, Role.SECRETARY, committee=committee)) if committee else []


STRATEGIC_LIFE = StrategicLife()


class StrategicResultLife(Life[StrategicResult]):
    """Written and sent by its host when the year is over; released, or returned, by OPDC."""

    name, model, page = "strategic_result", StrategicResult, "strategic_kpis:strategic-result"
    moves, edits, related = RESULT_MOVES, RESULT_EDITS, ("body", "strategic__host")
    year_at = "fiscal_year"
    written_by = tuple(
        f"strategic_result.{verb}" for verb in ("written", "changed", "attached", "detached")
    )
    sent_by = ("strategic_result.send",)

    def figures(self, thing: StrategicResult) -> Mapping[str, object]:
        return {"kpi": thing.strategic.code}

    def notice_figures(self, thing: StrategicResult) -> Mapping[str, Any]:
        return {**super().notice_figures(thing), **self.figures(thing)}

    def content(self, thing: StrategicResult) -> Mapping[str, Any]:
        return {
            "strategic": thing.strategic.code,
            "fiscal_year": thing.fiscal_year,
            "value": f"{trimmed(thing.value):f}",
            "note": thing.note,
            "files": RESULT_FILES.in_short(thing),
        }

    def check(self, act: Act[StrategicResult]) -> Iterator[Problem]:
        if act.name in ("begin", "send"):
            yield from _unready(act)
        if act.name == "begin":
            ended = (ResultState.RETURNED, ResultState.DROPPED)
            same = StrategicResult.objects.filter(
                strategic=act.thing.strategic, fiscal_year=act.thing.fiscal_year
            )
            if same.exclude(state__in=ended).exists():
                yield self._there_already(act)
        if act.name == "send":
            yield from RESULT_FILES.unfit(act.thing)

    def changes(self, act: Act[StrategicResult]) -> Mapping[str, Any]:
        if act.name != "send":
            return {}
        due = due_on(act.thing.fiscal_year)
        act.after["due_on"] = due.isoformat() if due else ""
        return {"received_on": act.on, "due_on": due}

    def refused_by_database(self, act: Act[StrategicResult]) -> Problem:
        if act.move.begins:
            return self._there_already(act)
        return super().refused_by_database(act)

    def _there_already(self, act: Act[StrategicResult]) -> Problem:
        year = act.thing.fiscal_year
        return Problem("strategic_result.there_already", {**self.figures(act.thing), "year": year})


def _unready(act: Act[StrategicResult]) -> Iterator[Problem]:
    """Why nothing is to be reported of it, or not yet."""
    result, strategic, year = act.thing, act.thing.strategic, act.thing.fiscal_year
    rule = round_of_results(year)
    if rule is None:
        yield Problem("strategic.no_law", {"year": year})
        return
    if strategic.host_id != result.body_id:
        yield Problem("strategic_result.not_its_host", {"kpi": strategic.code, "host": result.body})
    if strategic.state != IN_FORCE:
        yield Problem("strategic_result.not_in_force", {"kpi": strategic.code})
    if strategic.target_in(year) is None:
        figures = {"kpi": strategic.code, "year": year, "why": strategic.why_not_in(year)}
        yield Problem("strategic_result.not_measured", figures)
    if act.on <= rule.value.last:
        yield refusal("strategic_result.round_goes_on", rule, {"day": rule.value.last})


STRATEGIC_RESULT_LIFE = StrategicResultLife()
RESULT_FILES: DraftFiles[ResultFile] = DraftFiles(
    STRATEGIC_RESULT_LIFE, ResultFile, owner="result", most=20
)
