"""Which rule a refusal rests on, and the clause that it prints: every citation that says it.

`RESTS_ON` names, for each code that a rule of the year refuses with, the kind of that rule and the
fields of it. `esar rules check` proves that each such rule cites what it rests on, or is marked as
an assumption; a test holds that no refusal of a plan or a score is missing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from esar.kernel.problems import Place, Problem
from esar.kernel.wording import say
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import (
    ActivityForm,
    ActivityGroups,
    ActivityPlan,
    Component,
    GivenScore,
    Holidays,
    KindForm,
    Ladder,
    Milestones,
    OrderedTopics,
    Redistribution,
    Round,
    RoundTargets,
    ShareOfPlan,
    Total,
    Window,
)
from esar.law.rules.text import Text

NOWHERE = Place()

RESTS_ON: Mapping[str, tuple[type[object], tuple[str, ...]]] = {
    "plan.count": (ActivityPlan, ("activities",)),
    "plan.months_without_start": (ActivityPlan, ("new_each_month",)),
    "plan.incomplete": (ActivityForm, ("needed",)),
    "plan.outside_year": (ActivityForm, ("first_month", "last_month")),
    "plan.output_before_start": (ActivityForm, ("output_after_start",)),
    "plan.output_unnamed": (ActivityForm, ("needed",)),
    "plan.too_few_of_group": (ActivityGroups, ("from_group", "at_least")),
    "plan.topics_elsewhere": (OrderedTopics, ("topics",)),
    "plan.topic_out_of_season": (OrderedTopics, ("start_first", "start_last")),
    "plan.topic_twice": (OrderedTopics, ("topics",)),
    "plan.unknown_topic": (OrderedTopics, ("topics",)),
    "plan.others": (OrderedTopics, ("others",)),
    "plan_change.round_over": (ActivityForm, ("ended_round",)),
    "plan_change.reported": (ActivityForm, ("reported",)),
    "plan_change.closed": (Window, ("first", "last")),
    "scorecard.form_incomplete": (KindForm, ("targets", "asks")),
    "score.component_not_evaluated": (Component, ("evaluated",)),
    "score.component_weights": (Component, ("weight",)),
    "score.number_of_targets": (Ladder, ("points", "levels")),
    "score.targets_do_not_rise": (Ladder, ("points", "levels")),
    "score.targets_do_not_fall": (Ladder, ("points", "levels")),
    "score.no_such_step": (Milestones, ("points",)),
    "score.score_out_of_range": (GivenScore, ("least", "most")),
    "score.nothing_planned": (ShareOfPlan, ("full",)),
    "score.more_than_planned": (ShareOfPlan, ("full",)),
    "score.indicator_missing": (Total, ("rule", "indicator")),
    "score.weights_sum": (Total, ("rule",)),
    "score.no_weight": (Total, ("rule",)),
    "score.no_heir": (Redistribution, ("among",)),
    "score.held_to_the_year": (RoundTargets, ("own_only",)),
    "score.no_targets_of_the_round": (RoundTargets, ("own_only",)),
    "score.received_before_end": (Round, ("last",)),
    "score.received_long_after": (Round, ("last", "due")),
    "score.holidays_unknown": (Holidays, ("days",)),
}


def clause_of(rule: Rule[object] | None, *fields: str) -> object:
    """Every citation that says the fields of a rule, and that it is assumed where it is.

    In both languages; nothing without a rule. Without fields: of the whole rule.
    """
    if rule is None:
        return ""
    cites, assumed = rule.cites_of(*fields), rule.assumed_of(*fields)
    thai = [f"{cite.source.title.th} {cite.clause}" for cite in cites]
    english = [f"{cite.source.title.en} {cite.clause}" for cite in cites]
    for assumption in assumed if fields or not cites else ():
        thai.append(say("clause.assumed", {"reason": assumption.reason.th}, "th"))
        english.append(say("clause.assumed", {"reason": assumption.reason.en}, "en"))
    return Text("; ".join(thai), "; ".join(english)) if thai else ""


def clauses_of(rules: Iterable[Rule[object]]) -> object:
    """The clauses of several rules, each once; nothing where none has any."""
    clauses = dict.fromkeys(one for one in map(clause_of, rules) if isinstance(one, Text))
    if not clauses:
        return ""
    return Text("; ".join(one.th for one in clauses), "; ".join(one.en for one in clauses))


def refusal(
    code: str, rule: Rule[object], figures: Mapping[str, object], place: Place = NOWHERE
) -> Problem:
    """A problem under a rule, with the clauses of the fields that refuse it."""
    _, fields = RESTS_ON[code]
    return Problem(code, figures, place, clause_of(rule, *fields))


def refusals_without_clause(rules: Rules) -> Iterator[tuple[str, Rule[object]]]:
    """(code, rule) of what would be refused without a clause and without an assumption."""
    for code, (kind, fields) in RESTS_ON.items():
        for rule in rules.by_id.values():
            if rule.entry.kind is kind and not clause_of(rule, *fields):
                yield code, rule
