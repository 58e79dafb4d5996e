"""Writes to a scorecard: its KPIs, and its way from draft to force. One function moves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from esar.access import require
from esar.history.actions import record
from esar.history.queries import timeline
from esar.notices.actions import tell
from esar.organisations.models import Body, Person, Role
from esar.organisations.queries import committee_for, people_with
from esar.problems import Problem, Refused
from esar.rules.numbers import trimmed
from esar.scorecards import permissions
from esar.scorecards.checks import check, components_given, rules_of
from esar.scorecards.content import content, content_hash, kpi_content, kpis_of
from esar.scorecards.models import (
    TEMPLATE_FIELDS,
    Indicator,
    IndicatorVersion,
    Kpi,
    Offer,
    Scorecard,
    ScorecardVersion,
    Signature,
)
from esar.scorecards.queries import first_act, level_at, next_act, route_of
from esar.scorecards.states import NEXT, SCORECARD_MOVES, State
from esar.web import books


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
    try:
        with transaction.atomic():
            scorecard = Scorecard.objects.create(
                body=body, fiscal_year=year, since=at, is_demo=is_demo
            )
    except IntegrityError as error:
        figures: dict[str, object] = {"year": year, "body": body.name_th}
        raise Refused([Problem("scorecard.already_open", figures)]) from error
    for rule in components_given(rules_of(scorecard)[1]):
        template = given_template(rule.id, rule.label.th, year)
        Kpi.objects.create(
            scorecard=scorecard, number=rule.value.number, component=rule.id, template=template,
            weight=rule.value.weight,
        )  # fmt: skip
    record("scorecard.opened", scorecard, by=by, at=at, body=body.code, after={"year": year})
    return scorecard


def given_template(rule_id: str, name: str, year: int) -> IndicatorVersion:
    """The one indicator of a component whose points another owner gives."""
    indicator, _ = Indicator.objects.get_or_create(code=f"GIVEN-{rule_id}"[:30])
    found = IndicatorVersion.objects.filter(indicator=indicator, method="given").first()
    return found or IndicatorVersion.objects.create(
        indicator=indicator, number=1, fiscal_year=year, name=name, method="given", unit="คะแนน"
    )


@transaction.atomic
def save_kpi(
    scorecard: Scorecard, fields: dict[str, Any], *, by: Person, at: datetime, on: date,
    kpi: Kpi | None = None,
) -> Kpi:  # fmt: skip
    """Add a KPI or change one. `fields` are clean: those of Kpi and of its template.

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
    before = kpi_content(kpi) if kpi else None
    if kpi is not None and kpi.template.method == IndicatorVersion.Method.GIVEN:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    source = fields.get("template")
    if kpi is None and source is not None and source.method == IndicatorVersion.Method.GIVEN:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": fields["number"]})])
    _check_number(scorecard, fields["number"], kpi)
    template = _template(scorecard, fields, kpi)
    values = {
        "number": fields["number"], "component": fields["component"], "kind": fields["kind"],
        "weight": fields["weight"], "targets": fields["targets"],
        "evidence_plan": fields["evidence_plan"], "template": template,
    }  # fmt: skip
    if kpi is None:
        kpi = Kpi.objects.create(scorecard=scorecard, **values)
    else:
        Kpi.objects.filter(pk=kpi.pk).update(**values)
        kpi = Kpi.objects.select_related("template__indicator").get(pk=kpi.pk)
    after = kpi_content(kpi)
    if before != after:
        verb = "kpi.changed" if before else "kpi.added"
        record(
            verb, scorecard, by=by, at=at, body=scorecard.body.code,
            before=_changed(before, after), after=_changed(after, before),
        )  # fmt: skip
    return kpi


def _changed(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """What `one` has that `other` has not, with the number that tells which KPI it is."""
    if one is None:
        return None
    if other is None:
        return one
    return {k: v for k, v in one.items() if k == "number" or other.get(k) != v}


def _check_number(scorecard: Scorecard, number: str, kpi: Kpi | None) -> None:
    same = Kpi.objects.filter(scorecard=scorecard, number=number)
    if kpi is not None:
        same = same.exclude(pk=kpi.pk)
    if same.exists():
        raise Refused([Problem("kpi.number_taken", {"number": number})])


def _template(scorecard: Scorecard, fields: dict[str, Any], kpi: Kpi | None) -> IndicatorVersion:
    """The version of the indicator that says what `fields` say."""
    text = {field: fields[field] for field in TEMPLATE_FIELDS if field in fields}
    old = kpi.template if kpi else fields.get("template")
    if old is None:
        return _version(_own_indicator(scorecard.body), 1, scorecard, text)
    if all(getattr(old, field) == value for field, value in text.items()):
        return old
    if old.indicator.body_id != scorecard.body_id:
        kept = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
        listed_as = old.indicator.listed_as or old.indicator.code
        return _version(_own_indicator(scorecard.body, listed_as), 1, scorecard, kept | text)
    others = Kpi.objects.filter(template=old).exclude(pk=kpi.pk if kpi else None)
    if not others.exists() and scorecard.version == 0:
        IndicatorVersion.objects.filter(pk=old.pk).update(**text)
        return IndicatorVersion.objects.select_related("indicator").get(pk=old.pk)
    newest = IndicatorVersion.objects.filter(indicator=old.indicator).order_by("-number")[0]
    kept = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
    return _version(old.indicator, newest.number + 1, scorecard, kept | text)


def _own_indicator(body: Body, listed_as: str = "") -> Indicator:
    """A new indicator of a body's own; `listed_as` names the one it was taken from."""
    return Indicator.objects.create(code=_next_code(body), body=body, listed_as=listed_as)


def _version(
    indicator: Indicator, number: int, scorecard: Scorecard, text: dict[str, Any]
) -> IndicatorVersion:
    return IndicatorVersion.objects.create(
        indicator=indicator, number=number, fiscal_year=scorecard.fiscal_year, **text
    )


def _next_code(body: Body) -> str:
    """The next code of a body's own indicators; the body is locked, so no two get the same."""
    Body.objects.select_for_update().get(pk=body.pk)
    return f"{body.code}-{Indicator.objects.filter(body=body).count() + 1:03d}"


@transaction.atomic
def remove_kpi(scorecard: Scorecard, kpi: Kpi, *, by: Person, at: datetime, on: date) -> None:
    """Take a KPI off a draft. Its indicator stays in the library."""
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_edit(by, locked, on))
    if kpi.template.method == IndicatorVersion.Method.GIVEN:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    before = kpi_content(kpi)
    Kpi.objects.filter(pk=kpi.pk).delete()
    record("kpi.removed", scorecard, by=by, at=at, body=scorecard.body.code, before=before)


@transaction.atomic
def reuse_last_year(scorecard: Scorecard, *, by: Person, at: datetime, on: date) -> int:
    """Take over last year's KPIs that are not here yet: the same indicators, targets to be set.

    Gives how many were taken over.
    """
    require(permissions.may_edit(by, scorecard, on))
    before = Scorecard.objects.filter(
        body=scorecard.body, fiscal_year=scorecard.fiscal_year - 1
    ).first()
    here = {kpi.template.indicator_id for kpi in kpis_of(scorecard)}
    numbers = {kpi.number for kpi in kpis_of(scorecard)}
    taken = 0
    for kpi in kpis_of(before) if before else ():
        given = kpi.template.method == IndicatorVersion.Method.GIVEN
        if given or kpi.template.indicator_id in here or kpi.number in numbers or kpi.cancelled:
            continue
        made = Kpi.objects.create(
            scorecard=scorecard, number=kpi.number, component=kpi.component, kind=kpi.kind,
            template=kpi.template, weight=kpi.weight, targets=kpi.targets,
            evidence_plan=kpi.evidence_plan,
        )  # fmt: skip
        record(
            "kpi.added", scorecard, by=by, at=at, body=scorecard.body.code,
            after=kpi_content(made), reason="reused",
        )  # fmt: skip
        taken += 1
    return taken


@transaction.atomic
def move(
    scorecard: Scorecard, name: str, *, by: Person, at: datetime, on: date, reason: str = "",
    resolution: str = "",
) -> None:  # fmt: skip
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
    if name == "approve":
        approved = content_hash(locked, kpis)
    if new == State.DRAFT:
        approved = ""
    changed = {"state": new, "since": at, "approved_sha256": approved}
    if new == State.IN_FORCE:
        version = _freeze(locked, kpis, approved, resolution, by=by, at=at, on=on)
        changed["version"] = version.number
    if not Scorecard.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("scorecard.already_moved")])
    record(
        f"scorecard.{name}", locked, by=by, at=at, body=locked.body.code, before={"state": old},
        after={"state": new, "sha256": content_hash(locked, kpis), "resolution": resolution},
        reason=reason,
    )  # fmt: skip
    if name == "submit":
        _offer(locked, kpis, by=by, at=at, why=reason)
    for field, value in changed.items():
        setattr(scorecard, field, value)
    _tell_next(scorecard, name, by=by, at=at, on=on, reason=reason)


def _check_move(
    scorecard: Scorecard, kpis: list[Kpi], name: str, reason: str, resolution: str
) -> None:
    """What a move needs beside the right: a sitting, a reason, a sound scorecard, its binding."""
    table = SCORECARD_MOVES[name]
    if table.in_a_sitting and not resolution:
        raise Refused([Problem("scorecard.needs_a_sitting")])
    if table.reasoned and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    if name in ("propose", "submit"):
        problems, _ = check(scorecard, kpis)
        if problems:
            raise Refused(problems)
    _check_binding(scorecard, kpis)


def _target(scorecard: Scorecard, target: str) -> str:
    """The state a move leads to; NEXT is the rulebook's next act, then in force."""
    if target != NEXT:
        return target
    route = route_of(scorecard)
    if route is None or not route.acts:
        raise Refused([Problem("scorecard.no_route", {"year": scorecard.fiscal_year})])
    if scorecard.state == State.PROPOSED:
        return first_act(route)
    return next_act(route, scorecard.state) or State.IN_FORCE


def _check_binding(scorecard: Scorecard, kpis: list[Kpi]) -> None:
    """What goes on after a resolution must be what was resolved."""
    if scorecard.approved_sha256 and scorecard.approved_sha256 != content_hash(scorecard, kpis):
        figures: dict[str, object] = {"approved": scorecard.approved_sha256[:12]}
        raise Refused([Problem("scorecard.binding_broken", figures)])


def _freeze(
    scorecard: Scorecard, kpis: list[Kpi], sha256: str, resolution: str, *, by: Person,
    at: datetime, on: date,
) -> ScorecardVersion:  # fmt: skip
    """The next version: what is in force from today, and public when the rules say."""
    book, rules = rules_of(scorecard)
    rule = rules.the("publication")
    days = timedelta(days=rule.value.days_after if rule else 0)
    version = ScorecardVersion.objects.create(
        scorecard=scorecard, number=scorecard.version + 1, content=content(scorecard, kpis),
        sha256=sha256, rulebook_sha256=book.sha256, resolution=resolution or _resolution(scorecard),
        in_force_from=on, public_from=on + days,
    )  # fmt: skip
    record(
        "version.in_force", scorecard, by=by, at=at, body=scorecard.body.code,
        after={"number": version.number, "sha256": sha256},
    )  # fmt: skip
    return version


def _resolution(scorecard: Scorecard) -> str:
    """The sitting that approved it, from the log."""
    for event in timeline(scorecard).filter(verb="scorecard.approve"):
        return str(event.after["resolution"])
    return ""


@transaction.atomic
def sign(
    version: ScorecardVersion, *, name: str, signed_on: date, by: Person, at: datetime, on: date
) -> Signature:
    """Record that the next one in the rulebook's order has signed this version.

    Errors: Refused without the right, where the year has no signing, or all have signed.
    """
    scorecard = version.scorecard
    require(permissions.may_record_signature(by, scorecard, on))
    signers = signers_of(scorecard)
    if not signers:
        raise Refused([Problem("agreement.no_signing", {"year": scorecard.fiscal_year})])
    ScorecardVersion.objects.select_for_update().get(pk=version.pk)
    place = Signature.objects.filter(version=version).count()
    problems = []
    if place >= len(signers):
        problems.append(Problem("agreement.all_signed"))
    if not version.in_force_from <= signed_on <= on:
        figures: dict[str, object] = {"first": version.in_force_from, "last": on}
        problems.append(Problem("agreement.day_outside", figures))
    if not name.strip():
        problems.append(Problem("agreement.no_name"))
    if problems:
        raise Refused(problems)
    made = Signature.objects.create(
        version=version, place=place + 1, role=signers[place], name=name.strip(),
        signed_on=signed_on, recorded_by=by,
    )  # fmt: skip
    record(
        "agreement.signed", scorecard, by=by, at=at, body=scorecard.body.code,
        after={"version": version.number, "role": made.role, "name": made.name},
    )  # fmt: skip
    return made


def signers_of(scorecard: Scorecard) -> list[str]:
    """Who signs, in order, by the rulebook's signing pairs; none where a year has no signing."""
    _, rules = rules_of(scorecard)
    found: list[str] = []
    for rule in rules.of_kind("signing"):
        for text in (rule.value.signs, *rule.value.signs_with):
            if text.th not in found:
                found.append(text.th)
    return found


def load_listed_indicators(year: int) -> int:
    """OPDC's lists of a year's rulebook (the provinces' 18 KPIs) as indicators anyone may take.

    Gives how many are new; again changes nothing.
    """
    book, made = books.book(year), 0
    for rule in book.on(book.year.last_day).of_kind("statement") if book else ():
        if not rule.id.endswith("-kpis"):
            continue
        for item in rule.value.items:
            indicator, is_new = Indicator.objects.get_or_create(
                code=f"OPDC-{rule.id}-{item.id}"[:30],
                defaults={"listed_as": f"{rule.id}/{item.id}"},
            )
            if is_new:
                dimension = {"e": "economic", "s": "social", "n": "environment"}.get(item.id[0], "")
                IndicatorVersion.objects.create(
                    indicator=indicator, number=1, fiscal_year=year, name=item.label.th,
                    dimension=dimension,
                )  # fmt: skip
                made += 1
    return made


def add_version(
    scorecard: Scorecard, *, resolution: str, by: Person, at: datetime, on: date
) -> ScorecardVersion:
    """Freeze the present content as the next version, after an approved change."""
    kpis = kpis_of(scorecard)
    sha256 = content_hash(scorecard, kpis)
    version = _freeze(scorecard, kpis, sha256, resolution, by=by, at=at, on=on)
    Scorecard.objects.filter(pk=scorecard.pk).update(version=version.number, approved_sha256=sha256)
    scorecard.version, scorecard.approved_sha256 = version.number, sha256
    return version


def _offer(scorecard: Scorecard, kpis: list[Kpi], *, by: Person, at: datetime, why: str) -> None:
    """What the body offers, KPI by KPI, where it differs from its last offer."""
    last = {
        offer.number: offer
        for offer in Offer.objects.filter(scorecard=scorecard, side=Offer.Side.BODY)
    }
    for kpi in kpis:
        if kpi.template.method == IndicatorVersion.Method.GIVEN:
            continue
        old = last.get(kpi.number)
        said = (kpi.template.name, kpi.weight, kpi.targets)
        if old is None or (old.name, old.weight, old.targets) != said:
            Offer.objects.create(
                scorecard=scorecard, number=kpi.number, side=Offer.Side.BODY,
                name=kpi.template.name, weight=kpi.weight, targets=kpi.targets, why=why, by=by,
                at=at,
            )  # fmt: skip


@transaction.atomic
def counter(
    scorecard: Scorecard, kpi: Kpi, *, weight: Decimal | None, targets: list[str], why: str,
    by: Person, at: datetime, on: date,
) -> Offer:  # fmt: skip
    """The committee's offer for one KPI, by its secretary, while it is theirs to consider.

    Where the committee names no weight or targets, the body's stand.
    """
    require(permissions.may_move(by, scorecard, "return", on))
    _check_offer(scorecard, kpi, weight, targets, why)
    offer = Offer.objects.create(
        scorecard=scorecard, number=kpi.number, side=Offer.Side.COMMITTEE, name=kpi.template.name,
        weight=weight if weight is not None else kpi.weight, targets=targets or kpi.targets,
        why=why.strip(), by=by, at=at,
    )  # fmt: skip
    after = {
        "number": kpi.number,
        "weight": None if offer.weight is None else f"{trimmed(offer.weight):f}",
        "targets": offer.targets,
    }  # fmt: skip
    record("offer.made", scorecard, by=by, at=at, body=scorecard.body.code, after=after, reason=why)
    return offer


def _check_offer(
    scorecard: Scorecard, kpi: Kpi, weight: Decimal | None, targets: list[str], why: str
) -> None:
    """An offer says something new, in targets that the rules allow, and why."""
    if kpi.template.method == IndicatorVersion.Method.GIVEN:
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
            "refused", scorecard, by=by, at=at, body=scorecard.body.code,
            after={"action": what, "codes": codes},
        )  # fmt: skip


def _tell_next(
    scorecard: Scorecard, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is; when it is in force, everyone whom the rules name."""
    path = f"/scorecards/{scorecard.pk}/"
    key = f"scorecard:{scorecard.pk}:{name}:{at.isoformat()}"
    figures = {"body": scorecard.body.name_th, "year": scorecard.fiscal_year, "reason": reason}
    if scorecard.state == State.IN_FORCE:
        people = _everyone_for(scorecard, on)
        tell(people, "notice.in_force", path=path, key=key, at=at, **figures)
        return
    if scorecard.state == State.DRAFT:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=scorecard.body)
        code = "notice.withdrawn" if name == "withdraw" else "notice.returned"
        tell(people.exclude(pk=by.pk), code, path=path, key=key, at=at, **figures)
        return
    if scorecard.state == State.PROPOSED:
        people = people_with(on, Role.APPROVER, body=scorecard.body)
    elif scorecard.state in (State.COLLECT, State.INFORM):
        people = people_with(on, Role.ANALYST)
    else:
        route = route_of(scorecard)
        level = level_at(route, scorecard.state) if route else None
        committee = committee_for(scorecard.body, level) if level is not None else None
        people = people_with(on, Role.SECRETARY, committee=committee)
    tell(people, "notice.your_turn", path=path, key=key, at=at, **figures)


def _everyone_for(scorecard: Scorecard, on: date) -> list[Person]:
    """The body, its committees' secretaries, and the supervising minister's office."""
    body = scorecard.body
    people = set(people_with(on, Role.REPORTER, Role.APPROVER, body=body))
    for level in (1, 2):
        committee = committee_for(body, level)
        if committee:
            people |= set(people_with(on, Role.SECRETARY, committee=committee))
    if body.parent:
        people |= set(people_with(on, Role.MINISTERS_OFFICE, body=body.parent))
    return sorted(people, key=lambda person: person.pk)
