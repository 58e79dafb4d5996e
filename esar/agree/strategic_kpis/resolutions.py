"""What sittings resolve of strategic KPIs: an opinion, approval, and whom each reaches.

They are items of the agenda like others: a paper lists those that level 1 or the sub-commission
considers together, and one of its own says whom a strategic KPI reaches. Votes, interest, assent
and correction until the sitting closes are the agenda's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.committees.actions import put_on_agenda, table_anew
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem, Paper, Sitting
from esar.agree.committees.resolutions import Resolution, resolve_together
from esar.agree.committees.signals import Beside
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.actions import token_of
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import StrategicKpi, StrategicResolution
from esar.agree.strategic_kpis.paper_lives import CASCADE_LIFE, LIST_LIFE, last_decision
from esar.agree.strategic_kpis.queries import undecided_by, waiting_for
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.refusals import refusal
from esar.platform.organisations.models import Person


@transaction.atomic
def put_before(
    sitting: Sitting,
    rows: Sequence[StrategicKpi],
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> AgendaItem:
    """Put some before a sitting of level 1 or of the sub-commission, as one item of its agenda.

    `tokens` are those of the rows of its page, by id; None where no page is behind it. Errors:
    Refused where one of them does not wait for the committee, or is not what the page showed.
    """
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "agenda", on))
    waiting = set(waiting_for(locked.committee, locked.fiscal_year).values_list("pk", flat=True))
    if strangers := tuple(row.code for row in rows if row.pk not in waiting):
        raise Refused([Problem("strategic.not_before_it", {"codes": strangers})])
    for row in rows:
        STRATEGIC_LIFE.require_seen(STRATEGIC_LIFE.locked(row), token_of(row, tokens))
    return _tabled(locked, LIST_LIFE.name, rows, {}, by=by, at=at, on=on)


def _tabled(
    sitting: Sitting,
    life: str,
    rows: Sequence[StrategicKpi],
    text: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
) -> AgendaItem:
    paper = Paper.objects.create(
        life=life,
        committee=sitting.committee,
        fiscal_year=sitting.fiscal_year,
        text=dict(text),
        since=at,
    )
    lists = StrategicKpi.papers.through
    lists.objects.bulk_create(lists(strategickpi=row, paper=paper) for row in rows)
    return put_on_agenda(sitting, paper, by=by, at=at, on=on)


@dataclass(frozen=True)
class Reach:
    """A department's KPI that a strategic KPI is to reach, and how it is related."""

    kpi: Kpi
    relation: str


@dataclass(frozen=True)
class CascadeText:
    """What a committee resolves of a strategic KPI: whom it reaches, or why nobody."""

    reaches: tuple[Reach, ...] = ()
    reason: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a paper keeps it: each KPI by its scorecard and indicator, and as it is called."""
        reaches = [
            {
                "scorecard": reach.kpi.scorecard_id,
                "indicator": reach.kpi.template.indicator.code,
                "body": reach.kpi.scorecard.body.code,
                "name": f"{reach.kpi.number} {reach.kpi.template.name}",
                "relation": reach.relation,
            }
            for reach in self.reaches
        ]
        return {"reaches": reaches, "reason": self.reason, "note": self.note}


@transaction.atomic
def decide(
    sitting: Sitting,
    thing: StrategicKpi,
    text: CascadeText,
    *,
    votes: tuple[int, int] | None = None,
    correction: str = "",
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> AgendaItem:
    """What the committee of a host resolved: it is cascaded to these KPIs, or not, and why.

    It is carried out when the sitting closes; until then it may be resolved otherwise, with a
    `correction`. `seen` is the token of the page, of the KPI and what was resolved of it so far;
    None where no page is behind it. Errors: Refused, with every reason.
    """
    meeting = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, meeting, "resolve", on))
    locked = STRATEGIC_LIFE.locked(thing)
    require(STRATEGIC_LIFE.may(by, locked, "cascade", on))
    STRATEGIC_LIFE.require_seen(locked, seen, content=to_decide(locked, meeting))
    item = item_of(meeting, locked)
    if item is None:
        _require_on_no_table(locked)
        paper_text = text.to_json()
        item = _tabled(meeting, CASCADE_LIFE.name, [locked], paper_text, by=by, at=at, on=on)
    paper = item.paper
    assert paper is not None, "its item is a paper"
    if paper.text != text.to_json():
        paper.text = text.to_json()
        paper.save(update_fields=["text"])
        table_anew(item, by=by, at=at, on=on)
    # What the page showed, a resolution before included, was held against what there is above.
    resolve_together(
        [item],
        Resolution("cascaded" if text.reaches else "not_cascaded", text.note, votes, correction),
        by=by,
        at=at,
        on=on,
        tokens={item.pk: CASCADE_LIFE.seen(paper)},
        seen=SITTING_LIFE.seen(meeting),
    )
    return item


def _require_on_no_table(thing: StrategicKpi) -> None:
    """Errors: Refused while another sitting has it before it."""
    there = AgendaItem.objects.filter(carried_out_at=None, paper__in=thing.papers.values("pk"))
    if tabled := there.select_related("sitting").first():
        address, figures = SITTING_LIFE.address(tabled.sitting), {"body": thing.code}
        raise Refused([Problem("sitting.already_tabled", figures, there=address)])


def item_of(sitting: Sitting, thing: StrategicKpi) -> AgendaItem | None:
    """The item by which its cascade lies before a sitting. One query."""
    items = AgendaItem.objects.filter(sitting=sitting, carried_out_at=None)
    items = items.filter(paper__life=CASCADE_LIFE.name, paper__in=thing.papers.values("pk"))
    return items.select_related("paper__committee", "sitting__committee").first()


def to_decide(thing: StrategicKpi, sitting: Sitting) -> dict[str, Any]:
    """What the page shows on which a committee decides: the KPI, and its decision so far."""
    item = item_of(sitting, thing)
    resolved = [item.sha256, item.outcome, item.reason] if item else []
    decision = [last_decision(thing, sitting.fiscal_year), *resolved]
    return {**STRATEGIC_LIFE.content(thing), "decision": decision}


def resolved_in(sitting: Sitting, **_more: Any) -> list[Beside]:
    """What a sitting resolved of strategic KPIs, one after the other. One query."""
    rows = StrategicResolution.objects.filter(sitting=sitting).select_related("strategic")
    by_number: dict[int, list[StrategicResolution]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    return [
        Beside(
            [
                (
                    STRATEGIC_LIFE.address(row.strategic),
                    f"{row.strategic.code} {row.strategic.name}",
                )
                for row in same
            ],
            same[0].outcome,
            same[0].reason,
            same[0],
            same[0].recused,
        )
        for same in by_number.values()
    ]


def undecided_problems(sitting: Sitting, **_more: Any) -> Iterator[Problem]:
    """A sitting that decides on strategic KPIs closes when its committee has decided on all."""
    items = AgendaItem.objects.filter(sitting=sitting, paper__life=CASCADE_LIFE.name)
    decided = items.filter(outcome__in=CASCADE_LIFE.moves)
    if not decided:
        return
    undecided = undecided_by(sitting.committee, sitting.fiscal_year)
    codes = tuple(
        undecided.exclude(papers__in=decided.values("paper")).values_list("code", flat=True)
    )
    if codes:
        law = strategic_law(sitting.fiscal_year)
        yield refusal("cascade.undecided", law, {"codes": codes, "count": len(codes)})
