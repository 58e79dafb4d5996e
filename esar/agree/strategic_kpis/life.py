"""The life of a strategic KPI: OPDC drafts it, two committees see it, its host's decides on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.strategic_kpis.models import StrategicKpi
from esar.agree.strategic_kpis.queries import committees_of_hosts, strategic_law, visible_strategic
from esar.agree.strategic_kpis.states import (
    STRATEGIC_EDITS,
    STRATEGIC_MOVES,
    TOLD,
    StrategicState,
)
from esar.kernel.problems import Problem
from esar.platform.lifecycle.life import Act, Life
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import holds


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


STRATEGIC_LIFE = StrategicLife()
