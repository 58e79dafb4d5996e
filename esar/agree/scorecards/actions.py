"""Writes to a scorecard: its KPIs, and its way from draft to force. One function moves it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from esar.agree.indicators.actions import new_version, own_indicator, template_of_the_rules
from esar.agree.indicators.models import TEMPLATE_FIELDS, IndicatorVersion
from esar.agree.scorecards import permissions
from esar.agree.scorecards.checks import (
    check,
    components_given,
    indicators_of_a_plan,
    rules_of,
    signers_of,
)
from esar.agree.scorecards.content import content_hash, kpi_content, kpis_of
from esar.agree.scorecards.life import freeze
from esar.agree.scorecards.models import Kpi, Offer, Scorecard
from esar.agree.scorecards.queries import act_after, acts_of, level_at, route_of, signatures_of
from esar.agree.scorecards.signals import in_force
from esar.agree.scorecards.states import NEXT, SCORECARD_MOVES, State
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rules
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import committee_for, ministry_of, people_with
from esar.platform.ui import books


@transaction.atomic
def open_scorecard(
    body: Body, year: int, *, by: Person | None, at: datetime, on: date, is_demo: bool = False
) -> Scorecard:
    """Begin a body's scorecard for a year, with the KPIs that the rulebook itself gives it.

    Errors: Refused when `by` may not, the year has no rulebook for it, or it is there already.
    """
    if by is not None:
        require(permissions.may_open(by, body, on))
    book = books.book(year)
    if book is None or body.kind not in book.body_kinds():
        raise Refused([Problem("scorecard.no_rules", {"year": year, "body": body.name_th})])
    if (route := route_of(Scorecard(body=body, fiscal_year=year))) is None or not route.acts:
        raise Refused([Problem("scorecard.no_route", {"year": year})])
    try:
        with transaction.atomic():
            scorecard = Scorecard.objects.create(
                body=body, fiscal_year=year, since=at, is_demo=is_demo
            )
    except IntegrityError as error:
        figures: dict[str, object] = {"year": year, "body": body.name_th}
        raise Refused([Problem("scorecard.already_open", figures)]) from error
    add_kpis_of_the_rules(scorecard, rules_of(scorecard)[1])
    record("scorecard.opened", scorecard, by=by, at=at, body=body.code, after={"year": year})
    return scorecard


@transaction.atomic
def move(
    scorecard: Scorecard,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    resolution: str = "",
) -> None:
    """Make one move of SCORECARD_MOVES: permission, checks, state, history and notices, or nothing.

    `resolution` names the sitting whose resolution this is; moves made in a sitting need it.
    Errors: Refused. Of two at once, one wins.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body__parent")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_move(by, locked, name, on))
    kpis = kpis_of(locked)
    _check_move(locked, kpis, name, reason, resolution)
    old, new = locked.state, _target(locked, SCORECARD_MOVES[name].target)
    approved = locked.approved_sha256
    if new == State.DRAFT:
        approved = ""
    elif _binds(locked):
        approved = content_hash(locked, kpis)
    changed = {"state": new, "since": at, "approved_sha256": approved}
    if new == State.IN_FORCE:
        version = freeze(locked, kpis, approved, resolution, by=by, at=at, on=on)
        changed["version"] = version.number
    if not Scorecard.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("scorecard.already_moved")])
    record(
        f"scorecard.{name}",
        locked,
        by=by,
        at=at,
        body=locked.body.code,
        before={"state": old},
        after={"state": new, "sha256": content_hash(locked, kpis), "resolution": resolution},
        reason=reason,
    )
    if name == "submit":
        _offer(locked, kpis, by=by, at=at, why=reason)
    for field, value in changed.items():
        setattr(scorecard, field, value)
    if new == State.IN_FORCE:
        in_force.send(Scorecard, scorecard=scorecard, at=at)
    _tell_next(scorecard, name, by=by, at=at, on=on, reason=reason)


def _binds(scorecard: Scorecard) -> bool:
    """Whether passing the act it is at approves it: a decision does, or else the first act."""
    route = route_of(scorecard)
    acts = acts_of(scorecard, route) if route else []
    return scorecard.state == (State.DECIDE if State.DECIDE in acts else acts[0] if acts else "")


def _check_move(
    scorecard: Scorecard, kpis: list[Kpi], name: str, reason: str, resolution: str
) -> None:
    """What a move needs beside the right: a sitting, a reason, a sound scorecard, its binding."""
    table = SCORECARD_MOVES[name]
    if table.needs_resolution and not resolution:
        raise Refused([Problem("scorecard.needs_a_sitting")])
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if name in ("propose", "submit"):
        problems, _ = check(scorecard, kpis)
        problems += _committees_missing(scorecard)
        if problems:
            raise Refused(problems)
    if name == "sign":
        _check_signed(scorecard)
    _check_binding(scorecard, kpis)


def _check_signed(scorecard: Scorecard) -> None:
    """Everyone whom the rulebook names has signed what was approved."""
    waiting = signers_of(scorecard)[len(signatures_of(scorecard, scorecard.approved_sha256)) :]
    if waiting:
        figures: dict[str, object] = {"waiting": ", ".join(waiting)}
        raise Refused([Problem("agreement.not_all_signed", figures)])


def _committees_missing(scorecard: Scorecard) -> list[Problem]:
    """A scorecard must not set out on a route that has nobody at its end."""
    route = route_of(scorecard)
    levels = {step.level for step in route.acts if step.level is not None} if route else set()
    return [
        Problem("scorecard.no_committee", {"body": scorecard.body.name_th, "level": level})
        for level in sorted(levels)
        if committee_for(scorecard.body, level, scorecard.fiscal_year) is None
    ]


def _target(scorecard: Scorecard, target: str) -> str:
    """The state a move leads to; NEXT is the rulebook's next act, then in force."""
    if target != NEXT:
        return target
    route = route_of(scorecard)
    if route is None or not route.acts:
        raise Refused([Problem("scorecard.no_route", {"year": scorecard.fiscal_year})])
    acts = acts_of(scorecard, route)
    if scorecard.state == State.PROPOSED:
        return acts[0]
    return act_after(acts, scorecard.state) or State.IN_FORCE


def _check_binding(scorecard: Scorecard, kpis: list[Kpi]) -> None:
    """What goes on after a resolution must be what was resolved."""
    if scorecard.approved_sha256 and scorecard.approved_sha256 != content_hash(scorecard, kpis):
        figures: dict[str, object] = {"approved": scorecard.approved_sha256[:12]}
        raise Refused([Problem("scorecard.binding_broken", figures)])


def _offer(scorecard: Scorecard, kpis: list[Kpi], *, by: Person, at: datetime, why: str) -> None:
    """What the body offers, KPI by KPI, where it differs from its last offer."""
    last = {
        offer.number: offer
        for offer in Offer.objects.filter(scorecard=scorecard, side=Offer.Side.BODY)
    }
    for kpi in kpis:
        if kpi.template.indicator.is_of_the_rules:
            continue
        old = last.get(kpi.number)
        said = (kpi.template.name, kpi.weight, kpi.targets)
        if old is None or (old.name, old.weight, old.targets) != said:
            Offer.objects.create(
                scorecard=scorecard,
                number=kpi.number,
                side=Offer.Side.BODY,
                name=kpi.template.name,
                weight=kpi.weight,
                targets=kpi.targets,
                why=why,
                by=by,
                at=at,
            )


@transaction.atomic
def counter(
    scorecard: Scorecard,
    kpi: Kpi,
    *,
    weight: Decimal | None,
    targets: list[str],
    why: str,
    by: Person,
    at: datetime,
    on: date,
) -> Offer:
    """The committee's offer for one KPI, by its secretary, while it is theirs to consider.

    Where the committee names no weight or targets, the body's stand.
    """
    scorecard = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body__parent")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_move(by, scorecard, "return", on))
    _check_offer(scorecard, kpi, weight, targets, why)
    offer = Offer.objects.create(
        scorecard=scorecard,
        number=kpi.number,
        side=Offer.Side.COMMITTEE,
        name=kpi.template.name,
        weight=weight if weight is not None else kpi.weight,
        targets=targets or kpi.targets,
        why=why.strip(),
        by=by,
        at=at,
    )
    after = {
        "number": kpi.number,
        "weight": None if offer.weight is None else f"{trimmed(offer.weight):f}",
        "targets": offer.targets,
    }
    record("offer.made", scorecard, by=by, at=at, body=scorecard.body.code, after=after, reason=why)
    return offer


def _check_offer(
    scorecard: Scorecard, kpi: Kpi, weight: Decimal | None, targets: list[str], why: str
) -> None:
    """An offer says something new, in targets that the rules allow, and why."""
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    problems = [] if why.strip() else [Problem("form.no_reason")]
    if weight in (None, kpi.weight) and targets in ([], kpi.targets):
        problems.append(Problem("offer.nothing_new", {"kpi": kpi.number}))
    kpis = kpis_of(scorecard)
    for one in kpis:
        if one.pk == kpi.pk and targets:
            one.targets = targets
    found, _ = check(scorecard, kpis)
    problems += [one for one in found if one.code.startswith("score.targets")]
    if problems:
        raise Refused(problems)


def record_refusal(
    scorecard: Scorecard, what: str, problems: tuple[Problem, ...], *, by: Person, at: datetime
) -> None:
    """Someone tried to change what a resolution binds: it was refused, and the log shows it."""
    codes = [problem.code for problem in problems]
    if "scorecard.bound" in codes or "scorecard.binding_broken" in codes:
        record(
            "refused",
            scorecard,
            by=by,
            at=at,
            body=scorecard.body.code,
            after={"action": what, "codes": codes},
        )


def _tell_next(
    scorecard: Scorecard, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is; when it is in force, everyone whom the rules name."""
    path = reverse("scorecards:scorecard-work", args=[scorecard.pk])
    key = f"scorecard:{scorecard.pk}:{name}:{at.isoformat()}"
    figures = {"body": scorecard.body.name_th, "year": scorecard.fiscal_year, "reason": reason}
    if scorecard.state == State.IN_FORCE:
        everyone = _everyone_for(scorecard, on)
        tell(everyone, "notice.in_force", path=path, key=key, at=at, **figures)
        return
    if scorecard.state == State.DRAFT:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=scorecard.body)
        code = "notice.withdrawn" if name == "withdraw" else "notice.returned"
        tell(people.exclude(pk=by.pk), code, path=path, key=key, at=at, **figures)
        return
    if scorecard.state == State.PROPOSED:
        people = people_with(on, Role.APPROVER, body=scorecard.body)
    elif scorecard.state in (State.COLLECT, State.INFORM, State.SIGN):
        people = people_with(on, Role.ANALYST)
    else:
        route = route_of(scorecard)
        level = level_at(route, scorecard.state) if route else None
        year = scorecard.fiscal_year
        committee = committee_for(scorecard.body, level, year) if level is not None else None
        people = people_with(on, Role.SECRETARY, committee=committee)
    tell(people, "notice.your_turn", path=path, key=key, at=at, **figures)


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


@transaction.atomic
def save_kpi(
    scorecard: Scorecard,
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    kpi: Kpi | None = None,
) -> Kpi:
    """Add a KPI or change one. `fields` are clean: those of Kpi and of its template.

    `fields["seen"]`, when given, is the digest of the KPI that the writer had before them: when
    someone else has changed it since, nothing is overwritten and the writer is told.

    A text of the template that stands on another scorecard is not touched: a new version of the
    indicator is made. Another's indicator, or OPDC's, is never versioned from here: where its text
    is changed, an indicator of the body's own is made from it.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_edit(by, locked, on))
    if kpi is not None:
        kpi = _still_there(kpi)
    before = kpi_content(kpi) if kpi else None
    if before is not None and fields.get("seen") not in (None, "", digest(before)):
        raise Refused([Problem("kpi.changed_meanwhile", {"kpi": before["number"]})])
    if kpi is not None and kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    source = fields.get("template")
    if kpi is None and source is not None and source.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": fields["number"]})])
    _check_number(scorecard, fields["number"], kpi)
    _check_indicator(scorecard, source, kpi)
    template = template_for(scorecard, fields, kpi)
    values = {
        "number": fields["number"],
        "component": fields["component"],
        "kind": fields["kind"],
        "weight": fields["weight"],
        "targets": fields["targets"],
        "evidence_plan": fields["evidence_plan"],
        "template": template,
    }
    if kpi is None:
        kpi = Kpi.objects.create(scorecard=scorecard, **values)
    else:
        Kpi.objects.filter(pk=kpi.pk).update(**values)
        kpi = Kpi.objects.select_related("template__indicator").get(pk=kpi.pk)
    after = kpi_content(kpi)
    if before != after:
        verb = "kpi.changed" if before else "kpi.added"
        record(
            verb,
            scorecard,
            by=by,
            at=at,
            body=scorecard.body.code,
            before=_changed(before, after),
            after=_changed(after, before),
        )
    return kpi


def _changed(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """What `one` has that `other` has not, with the number that tells which KPI it is."""
    if one is None:
        return None
    if other is None:
        return one
    return {k: v for k, v in one.items() if k == "number" or other.get(k) != v}


def _still_there(kpi: Kpi) -> Kpi:
    """The KPI read anew; the scorecard is locked, so it stays so."""
    found = Kpi.objects.select_related("template__indicator").filter(pk=kpi.pk).first()
    if found is None:
        raise Refused([Problem("kpi.gone", {"kpi": kpi.number})])
    return found


def _check_indicator(
    scorecard: Scorecard, source: IndicatorVersion | None, kpi: Kpi | None
) -> None:
    """An indicator stands on a scorecard once."""
    if kpi is None and source is not None:
        same = Kpi.objects.filter(
            scorecard=scorecard, template__indicator=source.indicator_id
        ).first()
        if same is not None:
            raise Refused([Problem("kpi.already_here", {"number": same.number})])


def _check_number(scorecard: Scorecard, number: str, kpi: Kpi | None) -> None:
    same = Kpi.objects.filter(scorecard=scorecard, number=number)
    if kpi is not None:
        same = same.exclude(pk=kpi.pk)
    if same.exists():
        raise Refused([Problem("kpi.number_taken", {"number": number})])


def template_for(scorecard: Scorecard, fields: dict[str, Any], kpi: Kpi | None) -> IndicatorVersion:
    """The version of the indicator that says what `fields` say."""
    text = {field: fields[field] for field in TEMPLATE_FIELDS if field in fields}
    old = kpi.template if kpi else fields.get("template")
    if old is None:
        return new_version(own_indicator(scorecard.body), 1, scorecard.fiscal_year, text)
    if all(getattr(old, field) == value for field, value in text.items()):
        return old
    if old.indicator.body_id != scorecard.body_id:
        kept = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
        listed_as = old.indicator.listed_as or old.indicator.code
        return new_version(
            own_indicator(scorecard.body, listed_as), 1, scorecard.fiscal_year, kept | text
        )
    others = Kpi.objects.filter(template=old)
    others = others.exclude(pk=kpi.pk) if kpi else others
    if not others.exists() and scorecard.version == 0:
        IndicatorVersion.objects.filter(pk=old.pk).update(**text)
        return IndicatorVersion.objects.select_related("indicator").get(pk=old.pk)
    newest = IndicatorVersion.objects.filter(indicator=old.indicator).order_by("-number")[0]
    kept = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
    return new_version(old.indicator, newest.number + 1, scorecard.fiscal_year, kept | text)


@transaction.atomic
def remove_kpi(scorecard: Scorecard, kpi: Kpi, *, by: Person, at: datetime, on: date) -> None:
    """Take a KPI off a draft. Its indicator stays in the library."""
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_edit(by, locked, on))
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    before = kpi_content(_still_there(kpi))
    Kpi.objects.filter(pk=kpi.pk).delete()
    record("kpi.removed", scorecard, by=by, at=at, body=scorecard.body.code, before=before)


@transaction.atomic
def reuse_last_year(scorecard: Scorecard, *, by: Person, at: datetime, on: date) -> int:
    """Take over last year's KPIs that are not here yet: the same indicators, targets to be set.

    Gives how many were taken over.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_edit(by, locked, on))
    before = Scorecard.objects.filter(
        body=scorecard.body, fiscal_year=scorecard.fiscal_year - 1
    ).first()
    here = {kpi.template.indicator_id for kpi in kpis_of(scorecard)}
    numbers = {kpi.number for kpi in kpis_of(scorecard)}
    taken = 0
    for kpi in kpis_of(before) if before else ():
        given = kpi.template.indicator.is_of_the_rules
        if given or kpi.template.indicator_id in here or kpi.number in numbers or kpi.cancelled:
            continue
        made = Kpi.objects.create(
            scorecard=scorecard,
            number=kpi.number,
            component=kpi.component,
            kind=kpi.kind,
            template=kpi.template,
            weight=kpi.weight,
            targets=kpi.targets,
            evidence_plan=kpi.evidence_plan,
        )
        record(
            "kpi.added",
            scorecard,
            by=by,
            at=at,
            body=scorecard.body.code,
            after=kpi_content(made),
            reason="reused",
        )
        taken += 1
    return taken


def add_kpis_of_the_rules(scorecard: Scorecard, rules: Rules) -> None:
    """The KPIs that the rulebook itself puts on a scorecard.

    A component without kinds is one KPI with points from its owner; an indicator that is a share
    of a plan of activities is one of the plan's.
    """
    year = scorecard.fiscal_year
    for rule in components_given(rules):
        Kpi.objects.create(
            scorecard=scorecard,
            number=rule.value.number,
            component=rule.id,
            weight=rule.value.weight,
            template=template_of_the_rules(rule.id, rule.label.th, year, "given", "คะแนน"),
        )
    for indicator in indicators_of_a_plan(rules):
        Kpi.objects.create(
            scorecard=scorecard,
            number=indicator.value.number,
            component=indicator.value.component,
            template=template_of_the_rules(indicator.id, indicator.label.th, year, "plan", "ร้อยละ"),
        )
