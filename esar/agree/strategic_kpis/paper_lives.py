"""The lives of papers on strategic KPIs: a list of them, and whom one of them reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Max, QuerySet

from esar.agree.committees.models import AgendaItem, Paper
from esar.agree.committees.papers import PaperLife
from esar.agree.indicators.models import Indicator
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.actions import tell_whose_turn
from esar.agree.strategic_kpis.checks import target_notes
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.queries import candidates, committees_of_hosts
from esar.agree.strategic_kpis.states import CASCADE_MOVES, LIST_MOVES, TOLD
from esar.kernel.problems import Problem
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act
from esar.platform.organisations.models import Body


class StrategicPaperLife(PaperLife):
    """What papers on strategic KPIs have in common: those that they are about."""

    def kpis(self, paper: Paper) -> QuerySet[StrategicKpi]:
        return StrategicKpi.objects.filter(papers=paper).select_related("host").order_by("code")

    def decided_about(self, thing: Paper) -> Collection[Body]:
        return {row.host for row in self.kpis(thing)}

    def title(self, paper: Paper) -> str:
        codes = [row.code for row in self.kpis(paper)]
        return codes[0] if len(codes) == 1 else f"{codes[0]} … {codes[-1]} ({len(codes)})"

    def shown(self, paper: Paper) -> Any:
        return self.kpis(paper)

    def findings(self, paper: Paper) -> Iterator[Problem]:
        for row in self.kpis(paper):
            yield from target_notes(STRATEGIC_LIFE.content(row))


class ListLife(StrategicPaperLife):
    """Those that level 1 or the sub-commission considers together: all move, or none."""

    name, moves, row = "strategic_list", LIST_MOVES, "strategic_kpis/_list_paper.html"

    def content(self, thing: Paper) -> Mapping[str, Any]:
        return {row.code: dict(STRATEGIC_LIFE.content(row)) for row in self.kpis(thing)}

    def outcomes(self, paper: Paper) -> tuple[str, ...]:
        """The opinion of one committee, the approval of the other; either may send back."""
        law = strategic_law(paper.fiscal_year)
        if law is None or not super().outcomes(paper):
            return ()
        gives_opinion = paper.committee.rule_id == law.value.opinion_by
        return ("opinion" if gives_opinion else "approve", "return")

    def carry_out(self, act: Act[Paper]) -> None:
        for row in self.kpis(act.thing):
            STRATEGIC_LIFE.move(
                row,
                act.name,
                reason=act.reason,
                resolution=act.resolution,
                in_bulk=True,
                **act.by_at_on,
            )

    def follow(self, act: Act[Paper]) -> None:
        tell_whose_turn(list(self.kpis(act.thing)), act.name, **act.by_at_on)


class CascadeLife(StrategicPaperLife):
    """Whom a strategic KPI reaches, or why nobody; its text is that of `CascadeText`.

    A later decision of the same year takes the place of an earlier one, which stays to be read.
    """

    name, moves, row = "strategic_cascade", CASCADE_MOVES, "strategic_kpis/_cascade_paper.html"

    def content(self, thing: Paper) -> Mapping[str, Any]:
        return {"": dict(STRATEGIC_LIFE.content(self._kpi(thing))), "decision": thing.text}

    def outcomes(self, paper: Paper) -> tuple[str, ...]:
        outcome = "cascaded" if paper.text["reaches"] else "not_cascaded"
        return (outcome,) if super().outcomes(paper) else ()

    def shown(self, paper: Paper) -> Any:
        law = strategic_law(paper.fiscal_year)
        reasons = {item.id: item.label for item in law.value.reasons} if law else {}
        codes = {reach["body"] for reach in paper.text["reaches"]}
        bodies = {body.code: body for body in Body.objects.filter(code__in=codes)}
        reaches = [{**reach, "body": bodies[reach["body"]]} for reach in paper.text["reaches"]]
        reason = reasons.get(paper.text["reason"])
        return {"kpi": self._kpi(paper), "reason": reason, "reaches": reaches}

    def _kpi(self, paper: Paper) -> StrategicKpi:
        return self.kpis(paper)[0]

    def check(self, act: Act[Paper]) -> Iterator[Problem]:
        paper, kpi = act.thing, self._kpi(act.thing)
        law, text = strategic_law(paper.fiscal_year), paper.text
        if committees_of_hosts(paper.fiscal_year).get(kpi.host_id) != paper.committee:
            yield Problem("strategic.not_before_it", {"codes": (kpi.code,)})
        reasons = {item.id for item in law.value.reasons} if law else set()
        if not text["reaches"] and text["reason"] not in reasons:
            yield refusal("cascade.no_reason", law, {"code": kpi.code})
        if text["reaches"] and text["reason"]:
            yield refusal("cascade.reason_and_links", law, {"code": kpi.code})
        kpis = candidates(paper.committee, paper.fiscal_year)
        places = set(kpis.values_list("scorecard", "template__indicator__code"))
        for reach in text["reaches"]:
            if (reach["scorecard"], reach["indicator"]) not in places:
                figures = {"kpi": f"{reach['body']} {reach['name']}"}
                yield refusal("cascade.not_its_body", law, figures)

    def carry_out(self, act: Act[Paper]) -> None:
        paper, text = act.thing, act.thing.text
        kpi = STRATEGIC_LIFE.locked(self._kpi(paper))
        decision = CascadeDecision.objects.create(
            strategic=kpi,
            committee=paper.committee,
            sitting=AgendaItem.objects.select_related("sitting").get(paper=paper).sitting,
            fiscal_year=paper.fiscal_year,
            number=last_decision(kpi, paper.fiscal_year) + 1,
            cascaded=bool(text["reaches"]),
            reason=text["reason"],
            note=text["note"],
            decided_on=act.given["decided_on"],
            by=act.person,
            at=act.at,
        )
        codes = [reach["indicator"] for reach in text["reaches"]]
        indicators = Indicator.objects.in_bulk(codes, field_name="code")
        Cascade.objects.bulk_create(
            Cascade(
                decision=decision,
                scorecard_id=reach["scorecard"],
                indicator=indicators[reach["indicator"]],
                relation=reach["relation"],
            )
            for reach in text["reaches"]
        )
        links = [[reach["indicator"], reach["relation"]] for reach in text["reaches"]]
        record(
            f"strategic.{act.name}",
            kpi,
            by=act.by,
            at=act.at,
            body=kpi.host.code,
            after={"sitting": act.resolution, "links": links, "reason": text["reason"]},
            reason=text["note"],
        )
        if kpi.state == TOLD:
            day = decision.decided_on
            STRATEGIC_LIFE.move(kpi, "enforce", by=None, at=act.at, on=act.on, decided_on=day)


def last_decision(thing: StrategicKpi, year: int) -> int:
    """The number of the newest decision of a year; 0 where there is none. One query."""
    decisions = CascadeDecision.objects.filter(strategic=thing, fiscal_year=year)
    return decisions.aggregate(last=Max("number"))["last"] or 0


LIST_LIFE, CASCADE_LIFE = ListLife(), CascadeLife()
