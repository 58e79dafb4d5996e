"""The life of an appeal: from its body's draft to a panel's decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from esar.agree.scorecards.content import outcome_as_json
from esar.judge.appeals.correcting import layers_under, problems_of
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.queries import (
    barred_from,
    kpis_of,
    majority,
    may_sit,
    rule_of,
    seats_of,
)
from esar.judge.appeals.states import APPEAL_MOVES, AppealState, Vote
from esar.judge.results.actions import correct
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Appeal as AppealRule
from esar.law.rules.refusals import denial, refusal
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.lifecycle.moves import AT_THE_BODY
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import holds, people_with

IN_LOG = ("ground", "numbers", "text", "filed_on", "decide_by", "decided_on")  # columns it tells


@dataclass(frozen=True)
class AppealText:
    """What an appeal says: on which ground, about which KPIs, and why."""

    ground: str
    numbers: Sequence[str]
    text: str

    def fields(self) -> dict[str, Any]:
        return {"ground": self.ground, "numbers": list(self.numbers), "text": self.text.strip()}


def texts_of(appeal: Appeal) -> dict[str, Any]:
    """What a draft says, by the names of its form."""
    return {"ground": appeal.ground, "appealed": appeal.numbers, "appeal_text": appeal.text}


class AppealLife(Life[Appeal]):
    """Filed by its body in time, heard by a panel without interests, decided by its chair."""

    name = "appeal"
    model = Appeal
    page = "appeals:appeal"
    body_at = "result.body"
    moves = APPEAL_MOVES
    related = (
        "result__body",
        "result__assessment__report__scorecard__body",
        "result__assessment__version",
    )
    written_by = ("appeal.begin", "appeal.write")

    def has_role(self, person: Any, role: str, thing: Appeal, day: date) -> bool:
        """A panel is of assessors in their own right."""
        if role in AT_THE_BODY:
            return holds(person, day, role, body=thing.result.body_id)
        return holds(person, day, role, own=role == Role.ASSESSOR)

    def bars(self, person: Any, thing: Appeal, name: str, day: date) -> Verdict:
        if name in ("write", "file"):
            return within_time(thing, day)
        if name in ("vote", "uphold", "reject"):
            return on_the_panel(person, thing, name, day)
        return ALLOWED

    def content(self, thing: Appeal) -> Mapping[str, Any]:
        seats = [[seat.person_id, seat.vote, seat.reason] for seat in seats_of(thing)]
        text = {"ground": thing.ground, "numbers": thing.numbers, "text": thing.text}
        return {"text": text, "panel": seats}

    def assents_to(self, name: str) -> tuple[str, ...]:
        """A member votes on what the body says, whatever others vote; a panel replaces a panel."""
        return {"vote": ("text",), "name_panel": ("panel",)}.get(name, ())

    def check(self, act: Act[Appeal]) -> Iterable[Problem]:
        appeal, details = act.thing, act.given
        if act.name == "write":
            return wrong_in(appeal.result, details["text"])
        if act.name == "name_panel":
            people = act.given["people"]
            return wrong_with_panel(appeal, people, reason=act.reason, by=act.person, on=act.on)
        if act.name == "vote" and details["vote"] not in Vote.values:
            return [Problem("appeal.no_such_vote")]
        if act.name == "uphold":
            return problems_of(appeal, layers_under(appeal), details["outcomes"])
        return ()

    def changes(self, act: Act[Appeal]) -> Mapping[str, Any]:
        columns: dict[str, Any] = {}
        if act.name == "write":
            columns = act.given["text"].fields()
            act.before |= {column: getattr(act.thing, column) for column in columns}
        elif act.name == "file":
            decide_by = act.on + timedelta(days=rule_for(act.thing.result).value.decide_days)
            columns = {"filed_on": act.on, "decide_by": decide_by}
        elif act.name in ("uphold", "reject"):
            columns = {"decision": act.reason, "decided_on": act.on}
        if act.name == "uphold":
            columns |= self._correct(act)
        act.after |= {
            column: value.isoformat() if isinstance(value, date) else value
            for column, value in columns.items()
            if column in IN_LOG
        }
        return columns

    def _correct(self, act: Act[Appeal]) -> dict[str, Any]:
        """The corrected result, under the same rules and not released yet.

        The history does not tell its total: that is seen when it is released.
        """
        result, outcomes = act.thing.result, act.given["outcomes"]
        act.content = correct(result, dict(outcomes), reason=act.reason, by=act.person, at=act.at)
        changes = {number: outcome_as_json(outcome) for number, outcome in outcomes.items()}
        act.after["changes"] = changes
        return {"changes": changes, "corrected": act.content}

    def carry_out(self, act: Act[Appeal]) -> None:
        if act.name == "name_panel":
            self._seat(act)
        elif act.name == "vote":
            seat = PanelSeat.objects.select_related("person").get(appeal=act.thing, person=act.by)
            act.before["vote"], act.after["vote"] = seat.vote, act.given["vote"]
            seat.vote, seat.reason, seat.at = act.given["vote"], act.reason, act.at
            seat.save()
            act.content = seat

    def _seat(self, act: Act[Appeal]) -> None:
        """The panel, the chair first. Who has voted stays, with the vote."""
        people, old = act.given["people"], seats_of(act.thing)
        before = {seat.person_id: seat for seat in old}
        PanelSeat.objects.filter(appeal=act.thing).delete()
        for place, person in enumerate(people, start=1):
            seat = before.get(person.pk) or PanelSeat(person=person)
            PanelSeat.objects.create(
                appeal=act.thing,
                person=person,
                place=place,
                vote=seat.vote,
                reason=seat.reason,
                at=seat.at,
            )
        act.before["panel"] = [seat.person.name for seat in old]
        act.after["panel"] = [person.name for person in people]
        act.content = [person for person in people if person.pk not in before]

    def notices(self, act: Act[Appeal]) -> Iterator[Notice]:
        """Those whose turn it is; the body of what was done with it; the panel of its end."""
        yield notice_of(act.thing, act.name, self._people(act), act.on)

    def _people(self, act: Act[Appeal]) -> list[Person]:
        appeal, body = act.thing, act.thing.result.body
        people: list[Person] = []
        if act.name == "name_panel":
            people += act.content
        if act.name == "vote" and majority(seats_of(appeal)):
            chairs = PanelSeat.objects.filter(appeal=appeal, place=1).select_related("person")
            people += [seat.person for seat in chairs]
        if act.name in ("file", "uphold", "withdraw") and appeal.filed_on:
            people += people_with(act.on, Role.ANALYST)
        if act.name in ("file", "uphold", "reject", "withdraw"):
            people += people_with(act.on, Role.REPORTER, Role.APPROVER, body=body)
        if act.name == "write":
            people += people_with(act.on, Role.APPROVER, body=body)
        if act.name in ("uphold", "reject", "withdraw"):
            people += [seat.person for seat in seats_of(appeal)]
        return list({person.pk: person for person in people}.values())


def notice_of(appeal: Appeal, name: str, people: Iterable[Person], on: date) -> Notice:
    """What people are told of an appeal, with the day it must be filed or decided by."""
    due = appeal.file_by if appeal.state == AppealState.DRAFT else appeal.decide_by
    result = appeal.result
    figures = {"body": result.body.name_th, "year": result.fiscal_year}
    return Notice(people, f"notice.appeal_{name}", figures | {"day": (due or on).isoformat()})


def rule_for(result: Result) -> Rule[AppealRule]:
    """What an appeal against this result goes by. Errors: Refused where nothing says."""
    rule = rule_of(result.fiscal_year, result.body.kind)
    if rule is None:
        raise Refused([Problem("appeal.no_way")])
    return rule


def wrong_in(result: Result, text: AppealText) -> list[Problem]:
    """Why an appeal could not be filed as it is written."""
    problems = []
    rule = rule_for(result)
    if text.ground not in {ground.id for ground in rule.value.grounds}:
        problems.append(refusal("appeal.no_ground", rule, {}))
    if not text.numbers:
        problems.append(Problem("appeal.no_kpi"))
    numbers = {kpi.number for kpi in kpis_of(result.explanation)}
    problems += [
        Problem("assessment.no_such_kpi", {"number": number})
        for number in text.numbers
        if number not in numbers
    ]
    if not text.text.strip():
        problems.append(Problem("appeal.no_text"))
    return problems


def wrong_with_panel(
    appeal: Appeal, people: Sequence[Person], *, reason: str, by: Person, on: date
) -> list[Problem]:
    """As many as the rule says, all of whom may sit; another panel says why it is another."""
    seats = seats_of(appeal)
    rule, chosen = rule_for(appeal.result), {person.pk for person in people}
    size = rule.value.panel
    problems = [Problem("form.no_reason")] if seats and not reason.strip() else []
    if len(people) != size or len(chosen) != size:
        problems.append(refusal("appeal.panel_size", rule, {"many": size}))
    if by.pk in chosen:
        problems.append(Problem("appeal.not_yourself"))
    problems += [
        Problem("appeal.has_voted", {"name": seat.person.name})
        for seat in seats
        if seat.vote and seat.person_id not in chosen
    ]
    bars, free = barred_from(appeal, on), {person.pk for person in may_sit(appeal, on)}
    voted = {seat.person_id for seat in seats if seat.vote}
    problems += [
        Problem(
            "appeal.barred",
            {"name": person.name, "why": Word(bars.get(person.pk, "appeal.bar_role"))},
        )
        for person in people
        if person.pk not in free | voted
    ]
    return problems


def _rule_of(appeal: Appeal) -> Rule[AppealRule] | None:
    return rule_of(appeal.result.fiscal_year, appeal.result.body.kind)


def within_time(appeal: Appeal, day: date) -> Verdict:
    """Until the end of the last day in Bangkok, against a result that stands."""
    if day > appeal.file_by:
        return denial("appeal.late", _rule_of(appeal), day=appeal.file_by)
    if appeal.result.state != ResultState.RELEASED:
        return denied("appeal.not_released")
    return ALLOWED


def on_the_panel(person: Any, appeal: Appeal, name: str, day: date) -> Verdict:
    """A seat, nothing that bars them by now, and for a decision: the chair, with a majority."""
    seats = seats_of(appeal)
    seat = next((seat for seat in seats if seat.person_id == person.pk), None)
    if seat is None:
        return denied("appeal.not_on_the_panel")
    bar = barred_from(appeal, day).get(person.pk)
    if bar is not None:
        return denied("appeal.barred", name=person.name, why=Word(bar))
    if name == "vote":
        return ALLOWED
    if not seat.is_chair:
        return denied("appeal.not_the_chair")
    needed_vote = Vote.UPHOLD if name == "uphold" else Vote.REJECT
    if majority(seats) != needed_vote:
        return denial("appeal.no_majority", _rule_of(appeal), vote=Word(f"vote.{needed_vote}"))
    return ALLOWED


APPEAL_LIFE = AppealLife()
