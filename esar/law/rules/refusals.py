"""Which rule a refusal rests on, and the clause that it prints: every citation that says it.

`RESTS_ON` names, for each code that a rule of the year refuses with, the kind of that rule and the
fields of it; `NEEDS_NO_RULE` the others of the same groups, each with why no rule is behind it.
`esar rules check` proves that each such rule cites what it rests on, or is marked as an assumption;
a test holds that no refusal of these groups is missing here, and none is raised without its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from esar.kernel.access import Verdict
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import say
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import (
    ActivityForm,
    ActivityGroups,
    ActivityPlan,
    AgendaDuties,
    Appeal,
    CentralData,
    ChangeRules,
    Committee,
    Component,
    Duty,
    GivenScore,
    Holidays,
    Impartiality,
    KindForm,
    KpiCount,
    KpiKind,
    Ladder,
    Milestones,
    OrderedTopics,
    Redistribution,
    Reporting,
    Round,
    RoundTargets,
    Route,
    SelfEvaluating,
    ShareOfPlan,
    Signing,
    Statement,
    StrategicKpis,
    Total,
    Window,
)
from esar.law.rules.text import Text

NOWHERE = Place()


class Rests(NamedTuple):
    """The kind of rule that a refusal rests on, the fields of it, and which entry where one."""

    kind: type[object]
    fields: tuple[str, ...]
    entry: str = ""


RESTS_ON: Mapping[str, Rests] = {
    "agreement.not_all_signed": Rests(Signing, ("signs", "signs_with")),
    "appeal.late": Rests(Appeal, ("days",)),
    "appeal.no_ground": Rests(Appeal, ("grounds",)),
    "appeal.no_majority": Rests(Appeal, ("panel",)),
    "appeal.panel_size": Rests(Appeal, ("panel",)),
    "assessment.central_missing": Rests(CentralData, ("owner",)),
    "assessment.points_missing": Rests(GivenScore, ("entered_by",)),
    "assessment.points_off_scale": Rests(GivenScore, ("least", "most")),
    "assessment.points_typed": Rests(GivenScore, ("entered_by",)),
    "cascade.no_reason": Rests(StrategicKpis, ("reasons",)),
    "cascade.not_its_body": Rests(StrategicKpis, ("cascade_compulsory",)),
    "cascade.reason_and_links": Rests(StrategicKpis, ("reasons",)),
    "cascade.undecided": Rests(StrategicKpis, ("every_one_decided",)),
    "central.no_level": Rests(Milestones, ("points",)),
    "central.off_scale": Rests(GivenScore, ("least", "most")),
    "central.too_late": Rests(CentralData, ("objection_days",)),
    "change.achieved_differs": Rests(ChangeRules, ("target_may_equal_achieved",)),
    "change.component_fixed": Rests(ChangeRules, ("components",)),
    "change.no_achieved": Rests(ChangeRules, ("target_may_equal_achieved",)),
    "change.ground_of_another_kind": Rests(KindForm, ("ground",), "form.international"),
    "change.no_ground": Rests(Statement, ("items",), "changes.grounds"),
    "change.no_other": Rests(ChangeRules, ("fields",)),
    "change.no_window": Rests(Window, ("first", "last")),
    "change.other_has_too_little": Rests(ChangeRules, ("fields",)),
    "change.recorded_too_late": Rests(Window, ("first", "last")),
    "change.target_is_achieved": Rests(ChangeRules, ("target_may_equal_achieved",)),
    "change.told_outside_windows": Rests(Window, ("first", "last")),
    "change.too_late_to_tell": Rests(Window, ("first", "last")),
    "claim.by_quarter": Rests(KindForm, ("every",)),
    "claim.is_central": Rests(CentralData, ("owner",)),
    "claim.not_due": Rests(Round, ("components",)),
    "claim.points_off_scale": Rests(GivenScore, ("least", "most")),
    "interest.clash_belongs": Rests(Impartiality, ("months_after",)),
    "interest.clash_decides": Rests(Impartiality, ("months_after",)),
    "interest.had_role": Rests(Impartiality, ("months_after",)),
    "interest.has_role": Rests(Impartiality, ("months_after",)),
    "interest.lender_had_role": Rests(Impartiality, ("months_after",)),
    "interest.lender_has_role": Rests(Impartiality, ("months_after",)),
    "interest.lent_too_long": Rests(Impartiality, ("lent_days",)),
    "kpi.round_not_measured": Rests(RoundTargets, ("own_only",)),
    "kpi.round_targets_do_not_fall": Rests(Ladder, ("points", "levels")),
    "kpi.round_targets_do_not_rise": Rests(Ladder, ("points", "levels")),
    "kpi.round_targets_incomplete": Rests(Ladder, ("points", "levels")),
    "kpi.sum_held_to_the_year": Rests(RoundTargets, ("own_only",)),
    "outside.not_its_driver": Rests(AgendaDuties, ("text", "duties")),
    "outside.year_goes_on": Rests(AgendaDuties, ("text",)),
    "plan.count": Rests(ActivityPlan, ("activities",)),
    "plan.months_without_start": Rests(ActivityPlan, ("new_each_month",)),
    "plan.incomplete": Rests(ActivityForm, ("needed",)),
    "plan.no_office": Rests(ActivityForm, ("also_needed",)),
    "plan.outside_year": Rests(ActivityForm, ("first_month", "last_month")),
    "plan.output_before_start": Rests(ActivityForm, ("output_after_start",)),
    "plan.output_unnamed": Rests(ActivityForm, ("needed",)),
    "plan.too_few_of_group": Rests(ActivityGroups, ("from_group", "at_least")),
    "plan.topics_elsewhere": Rests(OrderedTopics, ("topics",)),
    "plan.topic_out_of_season": Rests(OrderedTopics, ("start_first", "start_last")),
    "plan.topic_twice": Rests(OrderedTopics, ("topics",)),
    "plan.unknown_type": Rests(Statement, ("items",), "4.2.types"),
    "plan.unknown_topic": Rests(OrderedTopics, ("topics",)),
    "plan.others": Rests(OrderedTopics, ("others",)),
    "plan_change.round_over": Rests(ActivityForm, ("ended_round",)),
    "plan_change.reported": Rests(ActivityForm, ("reported",)),
    "plan_change.closed": Rests(Window, ("first", "last")),
    "plan_month.no_evidence": Rests(Duty, ("what",)),
    "plan_month.not_begun": Rests(Duty, ("due",)),
    "plan_month.not_over": Rests(Duty, ("due",)),
    "plan_month.says_nothing": Rests(Duty, ("what",)),
    "progress.month_outside": Rests(Round, ("first", "last")),
    "progress.not_a_quarter": Rests(KindForm, ("every",)),
    "report.card_only": Rests(Round, ("reports",)),
    "report.round_not_begun": Rests(Round, ("first",)),
    "report.round_not_over": Rests(Reporting, ("opens",)),
    "route.step_before": Rests(Route, ("steps",)),
    "route.step_missing": Rests(Route, ("steps",)),
    "scorecard.form_incomplete": Rests(KindForm, ("targets", "asks")),
    "scorecard.kind_not_allowed": Rests(KpiKind, ("component",)),
    "scorecard.no_action_plan": Rests(Statement, ("items",), "agreement.parts"),
    "scorecard.no_sub_indicator": Rests(KpiKind, ("component",), "kind.joint-agenda"),
    "scorecard.owner_gives_one_value": Rests(CentralData, ("owner",)),
    "score.component_not_evaluated": Rests(Component, ("evaluated",)),
    "score.component_weights": Rests(Component, ("weight",)),
    "score.number_of_targets": Rests(Ladder, ("points", "levels")),
    "score.targets_do_not_rise": Rests(Ladder, ("points", "levels")),
    "score.targets_do_not_fall": Rests(Ladder, ("points", "levels")),
    "score.no_such_step": Rests(Milestones, ("points",)),
    "score.score_out_of_range": Rests(GivenScore, ("least", "most")),
    "score.nothing_planned": Rests(ShareOfPlan, ("full",)),
    "score.more_than_planned": Rests(ShareOfPlan, ("full",)),
    "score.indicator_missing": Rests(Total, ("rule", "indicator")),
    "score.weights_sum": Rests(Total, ("rule",)),
    "score.no_weight": Rests(Total, ("rule",)),
    "score.kpi_count": Rests(KpiCount, ("least", "most")),
    "score.no_heir": Rests(Redistribution, ("among",)),
    "score.held_to_the_year": Rests(RoundTargets, ("own_only",)),
    "score.no_targets_of_the_round": Rests(RoundTargets, ("own_only",)),
    "score.received_before_end": Rests(Round, ("last",)),
    "score.received_long_after": Rests(Round, ("last", "due")),
    "score.holidays_unknown": Rests(Holidays, ("days",)),
    "self_evaluation.incomplete": Rests(SelfEvaluating, ("papers",)),
    "self_evaluation.not_of_round": Rests(SelfEvaluating, ("rounds",)),
    "sitting.below_composition": Rests(Committee, ("seats",)),
    "sitting.guest_needs_post": Rests(Committee, ("invited_sit_as",)),
    "sitting.may_not_invite": Rests(Committee, ("may_invite",)),
    "sitting.no_majority": Rests(Committee, ("majority",)),
    "sitting.no_quorum": Rests(Committee, ("quorum",)),
    "sitting.not_a_member": Rests(Committee, ("seats",)),
    "sitting.quorum_resolved": Rests(Committee, ("quorum",)),
    "strategic_result.round_goes_on": Rests(Round, ("last",)),
    "usage.not_begun": Rests(Duty, ("due",)),
}

Why = Literal["form", "state", "hands", "system", "warning"]

# Refusals of the same groups that no rule of a year is behind, and why none is: what was typed is
# incomplete or cannot be so ("form"), it is not the moment in the thing's own life, or the page is
# old ("state"), it is another's to do ("hands"), this system's own limit ("system"), or only told
# and nothing refused ("warning").
NEEDS_NO_RULE: Mapping[str, Why] = {
    "agreement.all_signed": "state",
    "agreement.day_outside": "form",
    "agreement.no_name": "form",
    "appeal.barred": "hands",
    "appeal.final": "state",
    "appeal.has_voted": "state",
    "appeal.no_kpi": "form",
    "appeal.no_such_vote": "form",
    "appeal.no_text": "form",
    "appeal.no_way": "state",
    "appeal.not_appealed": "state",
    "appeal.not_on_the_panel": "hands",
    "appeal.not_released": "state",
    "appeal.not_the_chair": "hands",
    "appeal.not_yourself": "hands",
    "appeal.nothing_corrected": "form",
    "appeal.same_as_before": "form",
    "appeal.stands": "state",
    "assessment.already_moved": "state",
    "assessment.conflict": "hands",
    "assessment.conflict_nowhere": "form",
    "assessment.conflict_untold": "form",
    "assessment.no_such_kpi": "form",
    "assessment.not_declared": "hands",
    "assessment.objection_open": "state",
    "assessment.wrong_form": "form",
    "central.changed_meanwhile": "state",
    "central.has_problems": "form",
    "central.no_value_no_reason": "form",
    "central.nothing_new": "form",
    "central.nothing_sound": "form",
    "central.objected_already": "state",
    "central.superseded": "state",
    "central.unknown_body": "form",
    "central.value_and_reason": "form",
    "change.already_cancelled": "state",
    "change.kpi_moved_on": "state",
    "change.no_day": "form",
    "change.no_evidence": "form",
    "change.no_letter": "form",
    "change.no_reason": "form",
    "change.no_rules": "state",
    "change.nothing_new": "form",
    "change.one_is_open": "state",
    "change.told_before_decided": "form",
    "change.told_in_the_future": "form",
    "claim.no_reason": "form",
    "claim.no_result": "form",
    "claim.result_too_large": "system",
    "claim.zero_denominator": "form",
    "kpi.already_here": "form",
    "kpi.direction_not_chosen": "form",
    "kpi.given_by_rules": "state",
    "kpi.gone": "state",
    "kpi.index_not_registered": "form",
    "kpi.listed_for_others": "form",
    "kpi.no_direction": "form",
    "kpi.no_such_round": "form",
    "kpi.number_form": "form",
    "kpi.number_taken": "form",
    "kpi.partner_differs": "warning",
    "kpi.partner_has_none": "warning",
    "kpi.partner_is_itself": "warning",
    "kpi.round_without_ladder": "form",
    "kpi.strategic_link_missing": "form",
    "kpi.strategic_missing": "form",
    "kpi.strategic_unknown": "form",
    "outside.changed_in_another_window": "state",
    "outside.changed_meanwhile": "state",
    "outside.no_duty": "form",
    "outside.no_header": "form",
    "outside.no_holder": "form",
    "outside.of_opdc": "form",
    "outside.row_incomplete": "form",
    "outside.says_nothing": "form",
    "outside.too_many_rows": "system",
    "outside.twice": "form",
    "plan.already_moved": "state",
    "plan.is_there": "state",
    "plan.no_law": "state",
    "plan.not_a_form": "form",
    "plan.not_a_month": "form",
    "plan.past_due": "state",
    "plan.too_long": "system",
    "plan.too_many": "system",
    "plan.topics_not_yet": "state",
    "plan.wrong_state": "state",
    "plan_change.no_reason": "form",
    "plan_change.no_window": "state",
    "plan_change.nothing_new": "form",
    "plan_change.one_is_open": "state",
    "plan_change.stale": "state",
    "plan_month.infected": "system",
    "plan_month.no_plan": "state",
    "plan_month.not_due": "state",
    "plan_month.not_under_way": "state",
    "plan_month.too_long": "system",
    "plan_month.too_many_files": "system",
    "progress.half_a_ratio": "form",
    "progress.month_proposed": "state",
    "progress.not_for_this_kpi": "form",
    "progress.replaces_typed": "form",
    "report.gaps_not_acknowledged": "form",
    "report.not_declared": "form",
    "report.says_nothing": "form",
    "route.day_to_come": "form",
    "route.day_too_early": "form",
    "route.day_too_late": "form",
    "route.no_such_step": "form",
    "score.assumed_component_weights": "warning",
    "score.body_twice": "form",
    "score.cannot_be_left_out": "state",
    "score.kpi_twice": "form",
    "score.no_component": "form",
    "score.no_items": "form",
    "score.no_kpis": "form",
    "score.no_such_method": "form",
    "score.unknown_body_kind": "form",
    "score.unknown_component": "form",
    "score.unknown_kind": "warning",
    "score.unknown_round": "form",
    "score.weight_out_of_range": "form",
    "scorecard.already_open": "state",
    "scorecard.binding_broken": "state",
    "scorecard.bound": "state",
    "scorecard.fields_missing": "form",
    "scorecard.mean_of_percentages": "form",
    "scorecard.no_committee": "state",
    "scorecard.no_route": "state",
    "scorecard.no_rules": "state",
    "scorecard.wrong_state": "state",
    "self_evaluation.already_moved": "state",
    "self_evaluation.asked_already": "state",
    "self_evaluation.changed_meanwhile": "state",
    "self_evaluation.empty": "form",
    "self_evaluation.no_file": "form",
    "self_evaluation.none_chosen": "form",
    "self_evaluation.not_of_year": "state",
    "self_evaluation.received_later": "form",
    "self_evaluation.too_many_papers": "system",
    "self_evaluation.total_off_scale": "form",
    "self_evaluation.wrong_state": "state",
    "sitting.already_invited": "form",
    "sitting.already_tabled": "form",
    "sitting.attendance_changed": "state",
    "sitting.day_is_past": "form",
    "sitting.decide_together": "state",
    "sitting.guest_needs_name": "form",
    "sitting.item_carried_out": "state",
    "sitting.item_changed": "state",
    "sitting.item_refused": "state",
    "sitting.item_resolved": "state",
    "sitting.no_minutes": "form",
    "sitting.no_rule": "state",
    "sitting.no_such_outcome": "form",
    "sitting.not_its_year": "state",
    "sitting.not_yours": "hands",
    "sitting.nothing_chosen": "form",
    "sitting.table_changed": "state",
    "sitting.too_early": "state",
    "sitting.too_many_votes": "form",
    "sitting.unresolved": "form",
    "sitting.votes_incomplete": "form",
    "strategic_result.not_in_force": "state",
    "strategic_result.not_its_host": "hands",
    "strategic_result.not_measured": "state",
    "strategic_result.there_already": "state",
    "usage.emptied": "form",
    "usage.half": "form",
    "usage.negative": "form",
    "usage.not_due": "state",
}

# The groups of refusals that the year's rules are behind: each code of them is in one table.
GROUPS = tuple(sorted({code.split(".")[0] for code in RESTS_ON}))


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


def clauses_of(rules: Iterable[Rule[object]], *fields: str) -> object:
    """The clauses of several rules, each once; nothing where none has any."""
    every = (clause_of(rule, *fields) for rule in rules)
    clauses = dict.fromkeys(clause for clause in every if isinstance(clause, Text))
    if not clauses:
        return ""
    return Text("; ".join(one.th for one in clauses), "; ".join(one.en for one in clauses))


def refusal(
    code: str, rule: Rule[object] | None, figures: Mapping[str, object], place: Place = NOWHERE
) -> Problem:
    """A problem under a rule, with the clauses of the fields that refuse it.

    None where the year has no such rule: then nothing is cited.
    """
    return Problem(code, figures, place, clause_of(rule, *RESTS_ON[code].fields))


def refusal_of_all(
    code: str, rules: Iterable[Rule[object]], figures: Mapping[str, object]
) -> Problem:
    """A problem under several rules at once, each with its clauses."""
    return Problem(code, figures, NOWHERE, clauses_of(rules, *RESTS_ON[code].fields))


def denial(code: str, rule: Rule[object] | None, **figures: object) -> Verdict:
    """A verdict that says no by a rule, with its clauses."""
    return Verdict(refusal(code, rule, figures))


def refusals_without_clause(rules: Rules) -> Iterator[tuple[str, Rule[object]]]:
    """(code, rule) of what would be refused without a clause and without an assumption.

    A quorum or a majority that a committee's rule leaves open is refused by nothing that is cited.
    """
    for code, (kind, fields, entry) in RESTS_ON.items():
        for rule in rules.by_id.values():
            if rule.entry.kind is not kind or entry not in ("", rule.id):
                continue
            if _refuses_nothing(rule, fields):
                continue
            if not clause_of(rule, *fields) or _is_left_open(rule, fields):
                yield code, rule


def _refuses_nothing(rule: Rule[object], fields: tuple[str, ...]) -> bool:
    """Whether it is the form of a kind that has no ground of its own, which refuses none."""
    return isinstance(rule.value, KindForm) and fields == ("ground",) and rule.value.ground is None


def _is_left_open(rule: Rule[object], fields: tuple[str, ...]) -> bool:
    value = rule.value
    shares = {"quorum", "majority"} & set(fields)
    return isinstance(value, Committee) and any(getattr(value, name) is None for name in shares)
