"""What a change request says, its effect on the score, and what the rules refuse of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from esar.agree.changes.achieved import (
    figure_problems,
    has_items,
    is_measured,
    item_problems,
    known_figures,
    newest_of_items,
    target_problems,
)
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.checks import check, is_of_items, rules_of
from esar.agree.scorecards.content import Outcome, agreed, as_facts, kpi_content, kpis_of
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.kpi_findings import Audited, findings_of_new
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.round_targets import ROUND_PROBLEMS, basis_in, early_rounds
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rules
from esar.law.rules.kinds import ChangeRules, KindForm, Statement
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.law.scoring import scorecard as scoring
from esar.law.scoring.weights import effective_weights

# What a request rests on, whatever it changes: where one has changed since, it is asked anew.
STANDS = {"name", "unit", "weight", "targets", "evidence_plan", "cancelled"}
LISTS = ("rounds", "items")  # of a KPI's content, kept only where something is said


TEXTS = (  # what of a KPI's template a change may be of
    "name",
    "definition",
    "formula",
    "scope",
    "conditions",
    "data_source",
    "collection",
)
MAY_BE_EMPTY = (*TEXTS[1:], "evidence_plan")


def grounds(rules: Rules) -> dict[str, Any]:
    """The closed list of grounds, by id, in the rulebook's order."""
    rule = rules.get("changes.grounds", Statement)
    return {item.id: item for item in rule.value.items} if rule else {}


def fields_of(rules: Rules) -> tuple[str, ...]:
    """What of a KPI a request may change, by the year's rules of a change."""
    rule = rules.the(ChangeRules)
    return tuple(rule.value.fields) if rule else ()


def list_in(texts: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """What a KPI's content says of its rounds or items; nothing is kept where nothing is said."""
    rows: list[dict[str, Any]] = texts.get(name, [])
    return rows


def changed_values(old: dict[str, Any], new: dict[str, Any] | None) -> list[tuple[str, Any, Any]]:
    """(field, old, new) of what a request changes of its KPI; nothing where it cancels it."""
    if not new:
        return []
    values = [(name, old[name], new[name]) for name in old if name not in LISTS]
    values += [(name, list_in(old, name), list_in(new, name)) for name in LISTS]
    return [(name, before, after) for name, before, after in values if before != after]


def findings_of_change(
    old: Mapping[str, Any], new: Mapping[str, Any] | None, last_year: Mapping[str, Audited]
) -> list[Problem]:
    """What the audit finds in a KPI as a request asks it to be; nothing where it cancels it."""
    if not new:
        return []
    new_text = {name: value for name, value in new.items() if name != "moved"}
    return findings_of_new(AgreedKpi.from_json(old), AgreedKpi.from_json(new_text), last_year)


def kpi_of(change: ChangeRequest) -> Kpi:
    """The KPI that a request would change. One query."""
    kpis = Kpi.objects.select_related("template__indicator")
    return kpis.get(scorecard=change.scorecard, number=change.number)


def request_content(change: ChangeRequest) -> dict[str, Any]:
    """What a resolution on a request binds: what the committee has before it."""
    return {
        "number": change.number,
        "cancels": change.cancels,
        "old": change.old,
        "new": change.new,
        "ground": change.ground,
        "reason": change.reason,
        "evidence": change.evidence,
        "effect": change.effect,
        "against": change.scorecard.approved_sha256,
        **_achievement(change),
    }


def _achievement(change: ChangeRequest) -> dict[str, Any]:
    """What is achieved, by whom, and why figures differ; older requests say nothing of it."""
    if not change.known and not change.achieved_why:
        return {}
    achieved = None if change.achieved is None else _plain(change.achieved)
    achievement = {"achieved": achieved, "why": change.achieved_why, "known": change.known}
    return {"achievement": achievement}


def request_texts(columns: Mapping[str, Any], changeable: Iterable[str]) -> dict[str, Any]:
    """What is written of a request, by the names of its form; of a KPI only what may change."""
    new, achieved = columns["new"] or {}, columns["achieved"]
    return {
        "ground": columns["ground"],
        "achieved": None if achieved is None else f"{trimmed(achieved):f}",
        "achieved_why": columns.get("achieved_why", ""),
        "cancels": columns["cancels"],
        **{name: new[name] for name in changeable if name in new},
        **{name: list_in(new, name) for name in LISTS},
        "other": new.get("moved", {}).get("number", ""),
        "reason": columns["reason"],
        "evidence": columns["evidence"],
    }


def new_values(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], old: dict[str, Any]
) -> dict[str, Any]:
    """The KPI as it would be; "moved" tells which other KPI the weight comes from or goes to.

    A detail that is emptied is empty then; what a KPI cannot be without stays as it was.
    """
    may = fields_of(rules_of(scorecard)[1])
    new = old | {
        name: fields[name]
        for name in may
        if fields.get(name) or (name in MAY_BE_EMPTY and name in fields)
    }
    for name in LISTS if "targets" in may else ():
        before = list_in(old, name)
        if fields.get(name, before) != before:
            new[name] = fields[name]
    if "weight" not in may or fields.get("weight") in (None, kpi.weight):
        return new | {"weight": old["weight"]}
    new["weight"] = _plain(fields["weight"])
    partner = _other(scorecard, kpi, fields.get("other", ""))
    if partner is not None:
        left = (partner.weight or Decimal(0)) + (kpi.weight or Decimal(0)) - fields["weight"]
        old_weight = _plain(partner.weight or Decimal(0))
        new["moved"] = {"number": partner.number, "old": old_weight, "new": _plain(left)}
    return new


def _plain(weight: Decimal) -> str:
    return f"{trimmed(weight):f}"


def _other(scorecard: Scorecard, kpi: Kpi, number: str) -> Kpi | None:
    """The KPI that a weight is moved from or to: another of the body's own that stands."""
    for candidate in kpis_of(scorecard):
        own = not candidate.template.indicator.is_of_the_rules
        if (
            candidate.number == number
            and candidate.pk != kpi.pk
            and own
            and not candidate.cancelled
        ):
            return candidate
    return None


def problems_of(scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any]) -> list[Problem]:
    """Everything in a request that the year's rules of a change refuse, with the clause."""
    _, rules = rules_of(scorecard)
    rule = rules.the(ChangeRules)
    if rule is None:
        return [Problem("change.no_rules", {"year": scorecard.fiscal_year})]
    problems = []
    if fields["ground"] not in grounds(rules):
        ground_rule = rules.get("changes.grounds", Statement)
        problems.append(refusal("change.no_ground", ground_rule, {}))
    for form in rules.of_kind(KindForm):
        if form.value.ground == fields["ground"] and kpi.kind not in form.value.kinds:
            kinds = tuple(rules.by_id[kind].label for kind in form.value.kinds)
            problems.append(refusal("change.ground_of_another_kind", form, {"kinds": kinds}))
    for name in ("reason", "evidence"):
        if not fields[name].strip():
            problems.append(Problem(f"change.no_{name}"))
    if kpi.component not in rule.value.components:
        figures: dict[str, object] = {"kpi": kpi.number}
        problems.append(refusal("change.component_fixed", rule, figures))
    if kpi.cancelled:
        problems.append(Problem("change.already_cancelled", {"kpi": kpi.number}))
    if not fields["cancels"]:
        new = new_values(scorecard, kpi, fields, kpi_content(kpi))
        why = fields.get("achieved_why", "")
        problems += achieved_problems(scorecard, kpi, new, fields["achieved"], why)
        problems += _problems_of_new(scorecard, kpi, new)
    return problems


def achieved_problems(
    scorecard: Scorecard, kpi: Kpi, new: dict[str, Any], achieved: Decimal | None, why: str
) -> list[Problem]:
    """What is wrong with the figure that is achieved, and with new targets that it reaches."""
    rule = rules_of(scorecard)[1].the(ChangeRules)
    if rule is not None and has_items(kpi) and not rule.value.target_may_equal_achieved:
        figures = known_figures(scorecard, kpi.number)
        return list(item_problems(kpi, list_in(new, "items"), figures, rule))
    if rule is None or not is_measured(kpi):
        return []
    figures = known_figures(scorecard, kpi.number)
    problems = list(figure_problems(kpi, achieved, why, figures, rule))
    if not rule.value.target_may_equal_achieved:
        for round_id, before, after in _ladders(kpi, new):
            for problem in target_problems(kpi, before, after, achieved, figures, rule):
                is_of_round = {"round": round_id} if round_id else {}
                problems.append(replace(problem, figures={**problem.figures, **is_of_round}))
    return problems


def _ladders(kpi: Kpi, new: Mapping[str, Any]) -> Iterator[tuple[str, list[str], list[str]]]:
    """(round, old, new) targets of the year ("") and of each round that has its own."""
    yield "", kpi.targets, new["targets"]
    before = {agreed["round"]: agreed.get("targets", []) for agreed in kpi.rounds}
    for agreed_round in list_in(new, "rounds"):
        round_id = agreed_round["round"]
        yield round_id, before.get(round_id, []), agreed_round.get("targets", [])


def _problems_of_new(scorecard: Scorecard, kpi: Kpi, new: dict[str, Any]) -> list[Problem]:
    """What the rules of a scorecard refuse of the new values."""
    if not changed_values(kpi_content(kpi), new):
        return [Problem("change.nothing_new", {"kpi": kpi.number})]
    moved, amended = new.get("moved"), ["targets"]
    if new["weight"] != kpi_content(kpi)["weight"]:
        amended.append("weight")
        if moved is None:
            return [_not_moved("change.no_other", scorecard, {"kpi": kpi.number})]
        if Decimal(moved["new"]) <= 0:
            return [_not_moved("change.other_has_too_little", scorecard, moved)]
    rule_problems, _ = check(scorecard, _as_asked(scorecard, kpi, new))
    return [
        problem
        for problem in rule_problems
        if _is_of_rounds(problem, kpi)
        or is_of_items(problem, kpi.number)
        or (problem.code.startswith("score.") and any(part in problem.code for part in amended))
    ]


def _not_moved(code: str, scorecard: Scorecard, figures: dict[str, Any]) -> Problem:
    """A weight that moves from or to no other KPI."""
    return refusal(code, rules_of(scorecard)[1].the(ChangeRules), figures)


def _is_of_rounds(problem: Problem, kpi: Kpi) -> bool:
    """Whether a problem is of what is asked of this KPI's rounds."""
    return problem.code in ROUND_PROBLEMS and problem.figures.get("kpi") == kpi.number


def _as_asked(scorecard: Scorecard, kpi: Kpi, new: dict[str, Any]) -> list[Kpi]:
    """The scorecard's KPIs as they would be."""
    kpis, moved = kpis_of(scorecard), new.get("moved")
    for row in kpis:
        if row.pk == kpi.pk:
            row.targets, row.rounds = new["targets"], list_in(new, "rounds")
            row.items = list_in(new, "items")
            row.weight = None if new["weight"] is None else Decimal(new["weight"])
        elif moved and row.number == moved["number"]:
            row.weight = Decimal(moved["new"])
    return kpis


def effect_of(
    scorecard: Scorecard, kpi: Kpi, new: dict[str, Any] | None, achieved: Decimal | None
) -> dict[str, Any]:
    """What the change would do to the score, before anyone decides.

    New values: the KPI's points at what is achieved, under the old and the new ones, and the
    weights that move. Cancelled (`new` is None): the weights that the other KPIs would have.
    """
    if new is None:
        return {"weights": _weights_without(scorecard, kpi)}
    effect: dict[str, Any] = {}
    if moved := new.get("moved"):
        names = {one.number: one.template.name for one in kpis_of(scorecard)}
        own = {"number": kpi.number, "old": kpi_content(kpi)["weight"], "new": new["weight"]}
        effect["weights"] = [row | {"name": names[row["number"]]} for row in (own, moved)]
    outcome = Outcome(achieved)
    if has_items(kpi):
        outcome = Outcome(items=newest_of_items(known_figures(scorecard, kpi.number)))
    if not outcome.is_reported:
        return effect
    points = {}
    for side, values in (("old", kpi_content(kpi)), ("new", new)):
        try:
            points[side] = _points(scorecard, kpi, values, outcome)
        except Refused:
            return effect
    effect |= {"achieved": None if achieved is None else _plain(achieved), "points": points}
    rounds = _points_of_rounds(scorecard, kpi, new, outcome)
    return effect | ({"rounds": rounds} if rounds else {})


def _points_of_rounds(
    scorecard: Scorecard, kpi: Kpi, new: dict[str, Any], outcome: Outcome
) -> list[dict[str, Any]]:
    """The same for each round whose own targets are changed; None where it is not measured then."""
    _, rules = rules_of(scorecard)
    rows: list[dict[str, Any]] = []
    for rule in early_rounds(rules):
        row: dict[str, Any] = {"round": rule.id.removeprefix("round.")}
        bases = {}
        for side, values in (("old", kpi_content(kpi)), ("new", new)):
            kpis = _as_asked(scorecard, kpi, values)
            kpis_by_number = {one.number: one for one in agreed(scorecard, kpis).kpis}
            bases[side] = basis_in(kpis_by_number[kpi.number], row["round"], rules)
            is_measured_then = bases[side].held_to != "none"
            points = _points(scorecard, kpi, values, outcome, row["round"])
            row[side] = points if is_measured_then else None
        if bases["old"] != bases["new"] and "round" in {one.held_to for one in bases.values()}:
            rows.append(row)
    return rows


def _points(
    scorecard: Scorecard,
    kpi: Kpi,
    values: dict[str, Any],
    outcome: Outcome,
    round_id: str = "",
) -> dict[str, str]:
    """The KPI's points at what is achieved, at the year's end or in a round.

    Errors: Refused where it cannot be scored.
    """
    kpis = _as_asked(scorecard, kpi, values)
    card = as_facts(scorecard, kpis, {kpi.number: outcome}, round_id)
    scored = scoring.score(card, rules_of(scorecard)[0]).kpis
    points = next(points for points in scored if points.kpi.id == kpi.number)
    return {"points": str(points.points), "weighted": str(points.weighted)}


def _weights_without(scorecard: Scorecard, kpi: Kpi) -> list[dict[str, str]]:
    """The weights of every KPI now, and once this one is cancelled."""
    kpis = kpis_of(scorecard)
    for row in kpis:
        if row.pk == kpi.pk:
            row.cancelled = "change request"
    weights = effective_weights(as_facts(scorecard, kpis), rules_of(scorecard)[1])
    return [
        {
            "number": row.number,
            "name": row.template.name,
            "old": _plain(row.weight or Decimal(0)),
            "new": _plain(weights[row.number][0] or Decimal(0)),
        }
        for row in kpis
        if row.number in weights
    ]
