"""The life of a scorecard: from its body's draft over the rulebook's route into force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from esar.agree.scorecards.checks import check, rules_of, signers_of
from esar.agree.scorecards.content import content, content_hash, kpis_of
from esar.agree.scorecards.counted_weights import keep_counted_weights
from esar.agree.scorecards.models import Kpi, Offer, Scorecard, ScorecardVersion
from esar.agree.scorecards.queries import (
    act_after,
    acts_of,
    approval_of,
    level_at,
    recorded_signatures,
    route_of,
    signatures_of,
)
from esar.agree.scorecards.signals import in_force
from esar.agree.scorecards.states import NEXT, SCORECARD_EDITS, SCORECARD_MOVES, State
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem, Refused
from esar.law.rules.kinds import Publication, Signing
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Committee, Person, Role
from esar.platform.organisations.queries import (
    committee_for,
    committees_of,
    ministry_of,
    people_with,
)


class ScorecardLife(Life[Scorecard]):
    """Proposed and sent by its body, resolved by committees, bound to what they resolved."""

    name = "scorecard"
    model = Scorecard
    page = "scorecards:scorecard-work"
    moves = SCORECARD_MOVES
    edits = SCORECARD_EDITS
    related = ("body__parent",)
    written_by = ("kpi.", "scorecard.propose", "scorecard.action_plan")
    sent_by = ("scorecard.submit",)

    def has_role(self, person: Any, role: str, thing: Scorecard, day: date) -> bool:
        """A secretary's role counts at the committee whose turn it is."""
        if role != Role.SECRETARY:
            return super().has_role(person, role, thing, day)
        committee = committee_at(thing)
        return committee is not None and committee.pk in committees_of(person, day, role)

    def keeps_out(self, person: Any, thing: Scorecard, name: str) -> Verdict:
        return super().keeps_out(person, thing, name) and self._not_signed_by(person, thing, name)

    def bars(self, person: Any, thing: Scorecard, name: str, day: date) -> Verdict:
        return self._not_signed_by(person, thing, name)

    def _not_signed_by(self, person: Any, thing: Scorecard, name: str) -> Verdict:
        """Who recorded the signatures does not bring into force what was signed."""
        if name == "sign" and recorded_signatures(person, thing):
            return denied("access.own_work")
        return ALLOWED

    def content(self, thing: Scorecard) -> Mapping[str, Any]:
        return parts_of(content(thing))

    def check(self, act: Act[Scorecard]) -> Iterator[Problem]:
        """A sound scorecard sets out; what goes on after a resolution is what was resolved."""
        scorecard, kpis = act.thing, kpis_of(act.thing)
        if act.name in ("propose", "submit"):
            yield from check(scorecard, kpis)[0]
            yield from _committees_missing(scorecard)
        if act.name == "sign":
            signatures = signatures_of(scorecard, scorecard.approved_sha256)
            if waiting := signers_of(scorecard)[len(signatures) :]:
                blanks = {"waiting": ", ".join(waiting)}
                signing = rules_of(scorecard)[1].of_kind(Signing)[0]
                yield refusal("agreement.not_all_signed", signing, blanks)
        yield from binding_problems(scorecard, kpis)

    def target(self, act: Act[Scorecard]) -> str:
        """NEXT is the rulebook's next act, then in force. Errors: Refused without a route."""
        if act.move.target != NEXT:
            return act.move.target
        route = route_of(act.thing)
        if route is None or not route.acts:
            raise Refused([Problem("scorecard.no_route", {"year": act.thing.fiscal_year})])
        acts = acts_of(act.thing, route)
        if act.thing.state == State.PROPOSED:
            return acts[0]
        return act_after(acts, act.thing.state) or State.IN_FORCE

    def changes(self, act: Act[Scorecard]) -> Mapping[str, Any]:
        """What was approved, and the number of the version in force."""
        act.after |= {"sha256": content_hash(act.thing), "resolution": act.resolution}
        columns: dict[str, Any] = {}
        if act.new == State.DRAFT:
            columns["approved_sha256"] = ""
        elif _binds(act.thing):
            columns["approved_sha256"] = act.after["sha256"]
        if act.new == State.IN_FORCE:
            columns["version"] = act.thing.version + 1
        return columns

    def carry_out(self, act: Act[Scorecard]) -> None:
        if act.new == State.IN_FORCE:
            resolution = act.resolution or _resolution(act.thing)
            act.version = freeze_version(act.thing, act, resolution)
        if act.name == "submit" and act.by is not None:
            record_offers(act, act.by)

    def follow(self, act: Act[Scorecard]) -> None:
        if act.new == State.IN_FORCE:
            in_force.send(Scorecard, scorecard=act.thing, at=act.at)

    def notices(self, act: Act[Scorecard]) -> Iterator[Notice]:
        """To those whose turn it is; when it is in force, to everyone whom the rules name."""
        card, day = act.thing, act.on
        figures = {"body": card.body.name_th, "year": card.fiscal_year, "reason": act.reason}
        if card.state == State.IN_FORCE:
            yield Notice(_everyone_for(card, day), "notice.in_force", figures)
        elif card.state == State.DRAFT:
            people = people_with(day, Role.REPORTER, Role.APPROVER, body=card.body)
            ending = "withdrawn" if act.name == "withdraw" else "returned"
            yield Notice(people, f"notice.{ending}", figures)
        elif card.state == State.PROPOSED:
            people = people_with(day, Role.APPROVER, body=card.body)
            yield Notice(people, "notice.your_turn", figures)
        elif card.state in (State.COLLECT, State.INFORM, State.SIGN):
            yield Notice(people_with(day, Role.ANALYST), "notice.your_turn", figures)
        else:
            people = people_with(day, Role.SECRETARY, committee=committee_at(card))
            yield Notice(people, "notice.your_turn", figures)


def parts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a scorecard's page shows, KPI by KPI, and the rest."""
    rest = {name: value for name, value in content.items() if name != "kpis"}
    return {"action_plan": rest, **{kpi["number"]: kpi for kpi in content["kpis"]}}


def committee_at(scorecard: Scorecard) -> Committee | None:
    """The committee whose turn it is at the step of the route where a scorecard is."""
    route = route_of(scorecard)
    level = level_at(route, scorecard.state) if route else None
    if level is None:
        return None
    return committee_for(scorecard.body, level, scorecard.fiscal_year)


def binding_problems(scorecard: Scorecard, kpis: list[Kpi] | None = None) -> Iterator[Problem]:
    """What a resolution bound is no longer what it was."""
    approved = scorecard.approved_sha256
    if approved and approved != content_hash(scorecard, kpis):
        yield Problem("scorecard.binding_broken", {"approved": approved[:12]})


def _committees_missing(scorecard: Scorecard) -> Iterator[Problem]:
    """A scorecard must not set out on a route that has nobody at its end."""
    route = route_of(scorecard)
    levels = {step.level for step in route.acts if step.level is not None} if route else set()
    for level in sorted(levels):
        if committee_for(scorecard.body, level, scorecard.fiscal_year) is None:
            figures: dict[str, object] = {"body": scorecard.body.name_th, "level": level}
            yield Problem("scorecard.no_committee", figures)


def _binds(scorecard: Scorecard) -> bool:
    """Whether passing the act it is at approves it: a decision does, or else the first act."""
    route = route_of(scorecard)
    acts = acts_of(scorecard, route) if route else []
    return scorecard.state == (State.DECIDE if State.DECIDE in acts else acts[0] if acts else "")


def record_offers(act: Act[Scorecard], by: Person) -> None:
    """What the body offers, KPI by KPI, where it differs from its last offer."""
    body_offers = Offer.objects.filter(scorecard=act.thing, side=Offer.Side.BODY)
    last_offers = {offer.number: offer for offer in body_offers}
    for kpi in kpis_of(act.thing):
        if kpi.template.indicator.is_of_the_rules:
            continue
        last = last_offers.get(kpi.number)
        terms = (kpi.template.name, kpi.weight, kpi.targets, kpi.rounds, kpi.items)
        if last is None or terms != (
            last.name,
            last.weight,
            last.targets,
            last.rounds,
            last.items,
        ):
            Offer.objects.create(
                scorecard=act.thing,
                number=kpi.number,
                side=Offer.Side.BODY,
                name=kpi.template.name,
                weight=kpi.weight,
                targets=kpi.targets,
                rounds=kpi.rounds,
                items=kpi.items,
                why=act.reason,
                by=by,
                at=act.at,
            )


def add_version(scorecard: Scorecard, act: Act[Any], resolution: str) -> ScorecardVersion:
    """Freeze the present content as the next version, after a change of what was in force."""
    keep_counted_weights(scorecard)
    columns = {"version": scorecard.version + 1, "approved_sha256": content_hash(scorecard)}
    Scorecard.objects.filter(pk=scorecard.pk).update(**columns)
    for column, value in columns.items():
        setattr(scorecard, column, value)
    return freeze_version(scorecard, act, resolution)


def freeze_version(scorecard: Scorecard, act: Act[Any], resolution: str) -> ScorecardVersion:
    """Freeze what is in force from today, and public when the rules say."""
    book, rules = rules_of(scorecard)
    rule = rules.the(Publication)
    days = timedelta(days=rule.value.days_after if rule else 0)
    version = ScorecardVersion.objects.create(
        scorecard=scorecard,
        number=scorecard.version,
        content=content(scorecard),
        sha256=scorecard.approved_sha256,
        rulebook_sha256=book.sha256,
        resolution=resolution,
        in_force_from=act.on,
        public_from=act.on + days,
    )
    record(
        "version.in_force",
        scorecard,
        by=act.by,
        at=act.at,
        body=scorecard.body.code,
        after={"number": version.number, "sha256": version.sha256},
    )
    return version


def _resolution(scorecard: Scorecard) -> str:
    """The sitting that approved this very content; none where no committee did."""
    approval = approval_of(scorecard, scorecard.approved_sha256)
    return str(approval.after["resolution"]) if approval and approval.after else ""


def _everyone_for(scorecard: Scorecard, on: date) -> list[Person]:
    """The body, its committees' secretaries, and the supervising minister's office."""
    body = scorecard.body
    people = set(people_with(on, Role.REPORTER, Role.APPROVER, body=body))
    for level in (1, 2):
        committee = committee_for(body, level, scorecard.fiscal_year)
        if committee:
            people |= set(people_with(on, Role.SECRETARY, committee=committee))
    ministry = ministry_of(body)
    if ministry:
        people |= set(people_with(on, Role.MINISTERS_OFFICE, body=ministry))
    return sorted(people, key=lambda person: person.pk)


SCORECARD_LIFE = ScorecardLife()
