"""The tables of docs/reference: role × action × state, and route × method × role, from the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from esar.agree.changes.states import CHANGE_EDITS, CHANGE_MOVES, ChangeState
from esar.agree.committees.states import SITTING_EDITS, SITTING_MOVES, SittingState
from esar.agree.kpi_definitions.states import TEMPLATES_EDITS, TEMPLATES_MOVES, TemplatesState
from esar.agree.scorecards.states import NEXT, SCORECARD_EDITS, SCORECARD_MOVES, State
from esar.judge.appeals.states import APPEAL_MOVES, AppealState
from esar.judge.assessments.states import (
    ASSESSMENT_MOVES,
    FINDING_MOVES,
    VISIT_MOVES,
    FindingState,
    Stage,
    VisitState,
)
from esar.judge.early_warning.states import WARNING_MOVES, WarningState
from esar.judge.results.states import RESULT_MOVES, ResultState
from esar.kernel.wording import both, has_sentence, say
from esar.platform.dual_control.states import DUAL_MOVES, DualState
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role
from esar.platform.role_offers.states import OFFER_MOVES, OfferState
from esar.platform.ui.doors import EVERYONE, door_of
from esar.platform.ui.year_address import YearResolver
from esar.report.activity_plans.monthly.states import MONTH_EDITS, MONTH_MOVES, MonthState
from esar.report.activity_plans.states import (
    PLAN_CHANGE_EDITS,
    PLAN_CHANGE_MOVES,
    PLAN_EDITS,
    PLAN_MOVES,
    PlanChangeState,
    PlanState,
)
from esar.report.central_data.states import (
    DELIVERY_MOVES,
    OBJECTION_MOVES,
    DeliveryState,
    ObjectionState,
)
from esar.report.extensions.states import EXTENSION_MOVES, ExtensionState
from esar.report.letters.states import LETTER_EDITS, LETTER_MOVES, LetterState
from esar.report.reports.states import REPORT_EDITS, REPORT_MOVES, ReportState
from esar.report.self_evaluations.states import (
    SELF_EVALUATION_EDITS,
    SELF_EVALUATION_MOVES,
    SelfEvaluationState,
)
from esar.show.privacy.states import CORRECTION_MOVES, CorrectionState


def _both(code: str) -> str:
    return f"{say(code, {}, 'th')} / {say(code, {}, 'en')}"


def _action(name: str, prefix: str) -> str:
    """What a move is called: in its own words where it has them."""
    own = f"{prefix.removesuffix('-state')}-action.{name}"
    return _both(own if has_sentence(own) else f"action.{name}")


def _life(title: str, moves: dict[str, Move], states: list[str], prefix: str) -> Iterator[str]:
    yield f"## {title}\n"
    heads = " | ".join(f"`{state}`" for state in states)
    yield f"| การดำเนินการ / action | ใคร / who | {heads} |"
    yield "|" + " --- |" * (len(states) + 2)
    for name, move in moves.items():
        roles = ", ".join(_both(f"role.{role}") for role in move.roles)
        where = "; ".join(
            text
            for text, wanted in (
                (both("reference.by_a_resolution"), move.needs_resolution),
                (both("reference.with_a_reason"), move.needs_reason),
            )
            if wanted
        )
        cells = [_cell(move, state) for state in states]
        action = _action(name, prefix) + (f" ({where})" if where else "")
        yield f"| {action} | {roles} | " + " | ".join(cells) + " |"
    yield ""
    for state in states:
        yield f"- `{state}`: {_both(f'{prefix}.{state}')}"
    yield ""


def _cell(move: Move, state: str) -> str:
    if state not in move.sources:
        return "–"
    target = both("reference.next_step_of_the_route") if move.target == NEXT else move.target
    return f"→ {target}"


def roles_document() -> str:
    """Role × action × state of every life, as Markdown."""
    lines = [
        "# บทบาท การดำเนินการ และสถานะ / Roles, actions and states\n",
        "สร้างจากตารางในโค้ดด้วย `make reference` ห้ามแก้ด้วยมือ บทบาทที่ไม่อยู่ในแถวทำไม่ได้ "
        "และผู้ที่เขียนหรือเสนอเรื่องอนุมัติเรื่องนั้นไม่ได้ "
        "ผู้ที่มีหรือเพิ่งพ้นหน้าที่ที่หน่วยงานใด หรือทำแทนผู้ที่มี ตัดสินเรื่องของหน่วยงานนั้นไม่ได้ (impartiality ในหลักเกณฑ์ของปี) "
        "/ Made from the tables in the code. A role that is not in a row may not; nobody approves "
        "what they wrote; and whoever has, or lately had, a role at a body, or stands in for "
        "somebody who does, decides nothing about it (`impartiality` in the year's rulebook).\n",
    ]
    scorecard, change = SCORECARD_MOVES | SCORECARD_EDITS, CHANGE_MOVES | CHANGE_EDITS
    lines += _life(both("reference.scorecard"), scorecard, State.values, "scorecard-state")
    lines += _life(both("reference.change_request"), change, ChangeState.values, "change-state")
    templates = TEMPLATES_MOVES | TEMPLATES_EDITS
    lines += _life(
        both("reference.kpi_templates"), templates, TemplatesState.values, "templates-state"
    )
    sitting = {**SITTING_MOVES, **SITTING_EDITS}
    lines += _life(both("reference.sitting"), sitting, SittingState.values, "sitting-state")
    letter = {**LETTER_MOVES, **LETTER_EDITS}
    lines += _life(both("reference.circular_letter"), letter, LetterState.values, "letter-state")
    plan = {**PLAN_MOVES, **PLAN_EDITS}
    plan_change = {**PLAN_CHANGE_MOVES, **PLAN_CHANGE_EDITS}
    lines += _life(both("reference.plan_of_activities"), plan, PlanState.values, "plan-state")
    states = PlanChangeState.values
    lines += _life(both("reference.change_of_a_plan"), plan_change, states, "plan_change-state")
    month = {**MONTH_MOVES, **MONTH_EDITS}
    title = both("reference.monthly_report_on_a_plan")
    lines += _life(title, month, MonthState.values, "plan_month-state")
    report = {**REPORT_MOVES, "edit": REPORT_EDITS["edit"]}
    lines += _life(both("reference.report"), report, ReportState.values, "report-state")
    delivery, objection = DeliveryState.values, ObjectionState.values
    lines += _life(both("reference.central_data"), DELIVERY_MOVES, delivery, "delivery-state")
    lines += _life(both("reference.objection"), OBJECTION_MOVES, objection, "objection-state")
    lines += _life(both("reference.assessment"), ASSESSMENT_MOVES, Stage.values, "assessment-state")
    lines += _life(both("reference.visit"), VISIT_MOVES, VisitState.values, "visit-state")
    lines += _life(both("reference.finding"), FINDING_MOVES, FindingState.values, "finding-state")
    lines += _life(both("reference.result"), RESULT_MOVES, ResultState.values, "result-state")
    warning = WarningState.values
    lines += _life(both("reference.early_warning"), WARNING_MOVES, warning, "warning-state")
    lines += _life(both("reference.appeal"), APPEAL_MOVES, AppealState.values, "appeal-state")
    extension = ExtensionState.values
    lines += _life(both("reference.extension"), EXTENSION_MOVES, extension, "extension-state")
    lines += _life(
        both("page.self_evaluations"),
        SELF_EVALUATION_MOVES | SELF_EVALUATION_EDITS,
        SelfEvaluationState.values,
        "self_evaluation-state",
    )
    correction = CorrectionState.values
    lines += _life(both("reference.correction"), CORRECTION_MOVES, correction, "correction-state")
    dual = DualState.values
    lines += _life(both("reference.dual_act"), DUAL_MOVES, dual, "dual-state")
    offer = OfferState.values
    lines += _life(both("reference.role_offer"), OFFER_MOVES, offer, "role_offer-state")
    return "\n".join(lines).rstrip() + "\n"


def routes() -> Iterator[tuple[str, str, Any]]:
    """(path, name, view) of every address of the site, as it is called for ever."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.name or "", pattern.callback


def _of_a_year() -> set[str]:
    """The addresses that a reader finds behind a year."""
    resolvers = [each for each in get_resolver().url_patterns if isinstance(each, YearResolver)]
    return {
        path
        for resolver in resolvers
        for path, name, _view in _walk(resolver.url_patterns, "/")
        if name in resolver.of_a_year
    }


def routes_document() -> str:
    """Every address and the door before it, as Markdown."""
    lines = [
        "# ทุกที่อยู่และผู้ที่เข้าได้ / Every address, and who may come in\n",
        "สร้างด้วย `make reference` ประตูนี้มาก่อนการถามสิทธิ์ในแต่ละเรื่อง สิ่งที่ไม่มีสิทธิ์เห็นจะไม่พบ (404) / The door "
        "before each page; what one may do with one thing is asked behind it. What you may not see "
        "is not found (404).\n",
        both("reference.of_a_year") + "\n",
        "| ที่อยู่ / address | ชื่อ / name | ใครเข้าได้ / who |",
        "| --- | --- | --- |",
    ]
    of_a_year = _of_a_year()
    for route, name, view in routes():
        path = f"/<year>{route}" if route in of_a_year else route
        door = door_of(view, name)
        if door is None:
            audience = both("reference.no_one")
        elif door[0] == EVERYONE:
            audience = both("reference.everyone")
        else:
            roles = [_both(f"role.{role}") for role in Role.values if role in door[1]]
            audience = ", ".join(roles) or both("reference.people_who_are_signed_in")
        lines.append(f"| `{path}` | {name} | {audience} |")
    return "\n".join(lines) + "\n"
