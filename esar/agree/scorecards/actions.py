"""Writes to a scorecard: its beginning, its KPIs and the committee's offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from esar.agree.indicators.actions import new_version, own_indicator, template_of_the_rules
from esar.agree.indicators.models import TEMPLATE_FIELDS, IndicatorVersion
from esar.agree.indicators.queries import listed_for_others
from esar.agree.scorecards import permissions
from esar.agree.scorecards.checks import (
    LastYears,
    check,
    components_given,
    homes_of_kinds,
    indicators_of_a_plan,
    is_of_items,
    last_years_kpis,
    library_for,
    next_number,
    rules_of,
)
from esar.agree.scorecards.content import kpi_content, kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import NUMBER_FORM, Kpi, Offer, Scorecard
from esar.agree.scorecards.queries import route_of
from esar.agree.scorecards.round_targets import ROUND_PROBLEMS
from esar.agree.scorecards.signals import strategic_kpis_for
from esar.kernel.access import require
from esar.kernel.figures import shortened
from esar.kernel.problems import Problem, Refused
from esar.kernel.units import per_cent
from esar.kernel.wording import say
from esar.law.rules.book import Rules
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.models import Body, Person
from esar.platform.ui import books

# What a scorecard says of its KPI, beside the text of the indicator.
OWN_FIELDS = (
    "number",
    "component",
    "kind",
    "weight",
    "targets",
    "rounds",
    "items",
    "answers",
    "evidence_plan",
)


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
        there = SCORECARD_LIFE.address(Scorecard.objects.get(body=body, fiscal_year=year))
        raise Refused([Problem("scorecard.already_open", figures, there=there)]) from error
    add_kpis_of_the_rules(scorecard, rules_of(scorecard)[1])
    record("scorecard.opened", scorecard, by=by, at=at, body=body.code, after={"year": year})
    return scorecard


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
    rounds: list[dict[str, Any]] | None = None,
    items: list[dict[str, Any]] | None = None,
) -> Offer:
    """The committee's offer for one KPI, by its secretary, while it is theirs to consider.

    Where the committee names no weight, targets, rounds or items, the body's stand. The same offer
    again is the one that is there.
    """
    scorecard = SCORECARD_LIFE.locked(scorecard)
    require(SCORECARD_LIFE.may(by, scorecard, "return", on))
    if problems := problems_of_offer(scorecard, kpi, weight, targets, why, rounds, items):
        raise Refused(problems)
    terms: dict[str, Any] = {
        "side": Offer.Side.COMMITTEE,
        "name": kpi.template.name,
        "weight": weight if weight is not None else kpi.weight,
        "targets": targets or kpi.targets,
        "rounds": kpi.rounds if rounds is None else rounds,
        "items": items or kpi.items,
        "why": why.strip(),
        "by": by,
    }
    offers = Offer.objects.filter(scorecard=scorecard, number=kpi.number)
    newest = offers.select_related("by").order_by("-pk").first()
    if newest is not None and all(getattr(newest, name) == term for name, term in terms.items()):
        return newest
    offer = Offer.objects.create(scorecard=scorecard, number=kpi.number, at=at, **terms)
    after = {
        "number": kpi.number,
        "weight": None if offer.weight is None else f"{trimmed(offer.weight):f}",
        "targets": offer.targets,
        **({"rounds": offer.rounds} if offer.rounds or kpi.rounds else {}),
        **({"items": offer.items} if offer.items else {}),
    }
    record("offer.made", scorecard, by=by, at=at, body=scorecard.body.code, after=after, reason=why)
    return offer


def problems_of_offer(
    scorecard: Scorecard,
    kpi: Kpi,
    weight: Decimal | None,
    targets: list[str],
    why: str,
    rounds: list[dict[str, Any]] | None = None,
    items: list[dict[str, Any]] | None = None,
) -> list[Problem]:
    """An offer says something new, in targets that the rules allow, and why."""
    if kpi.template.indicator.is_of_the_rules:
        return [Problem("kpi.given_by_rules", {"kpi": kpi.number})]
    problems = [] if why.strip() else [Problem("form.no_reason")]
    is_as_it_was = targets in ([], kpi.targets) and rounds in (None, kpi.rounds)
    is_as_it_was = is_as_it_was and (not items or items == kpi.items)
    if weight in (None, kpi.weight) and is_as_it_was:
        problems.append(Problem("offer.nothing_new", {"kpi": kpi.number}))
    kpis = kpis_of(scorecard)
    for row in kpis:
        if row.pk == kpi.pk:
            row.targets = targets or row.targets
            row.rounds = row.rounds if rounds is None else rounds
            row.items = items or row.items
    rule_problems, _ = check(scorecard, kpis)
    return problems + [
        problem
        for problem in rule_problems
        if problem.code.startswith("score.targets")
        or is_of_items(problem, kpi.number)
        or (problem.code in ROUND_PROBLEMS and problem.figures.get("kpi") == kpi.number)
    ]


def record_refusal(
    scorecard: Scorecard, action: str, problems: tuple[Problem, ...], *, by: Person, at: datetime
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
            after={"action": action, "codes": codes},
        )


@transaction.atomic
def save_kpi(
    scorecard: Scorecard,
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    kpi: Kpi | None = None,
    edit: str = "edit",
) -> Kpi:
    """Add a KPI or change one. `fields` are clean: those of Kpi and of its template; `edit` is how.

    `fields["seen"]` is the mark of the KPI that the writer had before them, where a page is behind
    it. The same text again is saved already. Errors: Conflict when someone else has saved another
    text since: nothing is overwritten.

    A text of the template that stands on another scorecard is not touched: a new version of the
    indicator is made. Another's indicator, or OPDC's, is never versioned from here: where its text
    is changed, an indicator of the body's own is made from it.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(permissions.may_edit(by, locked, on, edit))
    stored = {name: getattr(kpi, name) if kpi else [] for name in ("rounds", "items", "answers")}
    fields = stored | fields
    typed = _typed_texts(fields)
    kpi = _still_there(kpi) if kpi else _same_kpi(scorecard, typed)
    before = kpi_content(kpi) if kpi else None
    if kpi is not None and before is not None:
        savings = SCORECARD_LIFE.events_of(locked, "kpi.added", "kpi.changed")
        if not is_new_text(
            {
                name: before.get(name, []) for name in typed
            },  # of rounds, items and answers nothing is kept unsaid
            typed,
            seen=fields.get("seen"),
            now=mark_of(before),
            by=by,
            saved=SavedByLog(savings.filter(after__number=kpi.number)),
            kind="kpi",
            kpi=kpi.number,
        ):
            return kpi
    if problems := problems_of_kpi(scorecard, fields, kpi):
        raise Refused(problems)
    values = {name: fields[name] for name in OWN_FIELDS}
    values["template"] = template_for(scorecard, fields, kpi)
    if kpi is None:
        kpi = Kpi.objects.create(scorecard=scorecard, **values)
    else:
        Kpi.objects.filter(pk=kpi.pk).update(**values)
        kpi = Kpi.objects.select_related("template__indicator").get(pk=kpi.pk)
    after = kpi_content(kpi)
    record(
        "kpi.changed" if before else "kpi.added",
        scorecard,
        by=by,
        at=at,
        body=scorecard.body.code,
        before=_changed(before, after),
        after=_changed(after, before),
    )
    return kpi


def _typed_texts(fields: dict[str, Any]) -> dict[str, Any]:
    """What was typed of a KPI, in the form in which its content is kept."""
    weight = fields["weight"]
    return {
        **{name: fields[name] for name in OWN_FIELDS},
        "weight": None if weight is None else f"{trimmed(weight):f}",
        **{name: fields[name] for name in TEMPLATE_FIELDS if name in fields},
    }


def _same_kpi(scorecard: Scorecard, typed: dict[str, Any]) -> Kpi | None:
    """The KPI that was added already with this very text: an answer was lost on the way."""
    kpis = Kpi.objects.select_related("template__indicator")
    kpi = kpis.filter(scorecard=scorecard, number=typed["number"]).first()
    if kpi is None:
        return None
    content = kpi_content(kpi)
    return kpi if all(content.get(name, []) == text for name, text in typed.items()) else None


def why_not_saved(
    scorecard: Scorecard, fields: dict[str, Any], kpi: Kpi | None, *, by: Person, on: date
) -> list[Problem]:
    """Everything that stands against saving a KPI, of whatever could be read of its form."""
    verdict = permissions.may_edit(by, scorecard, on)
    problems = [verdict.problem] if verdict.problem else []
    return problems + problems_of_kpi(scorecard, fields, kpi)


def problems_of_kpi(scorecard: Scorecard, fields: dict[str, Any], kpi: Kpi | None) -> list[Problem]:
    """Nobody writes an indicator of the rules; a number, and an indicator, stand once on a card."""
    problems, number = [], fields.get("number", kpi.number if kpi else "")
    source = kpi.template if kpi else fields.get("template")
    if source is not None and source.indicator.is_of_the_rules:
        problems.append(Problem("kpi.given_by_rules", {"kpi": kpi.number if kpi else number}))
    if kpi is None and source is not None and _is_for_others(source, scorecard):
        problems.append(Problem("kpi.listed_for_others", {"name": source.name}))
    other_kpis = Kpi.objects.filter(scorecard=scorecard)
    other_kpis = other_kpis.exclude(pk=kpi.pk) if kpi else other_kpis
    if other_kpis.filter(number=number).exists():
        problems.append(Problem("kpi.number_taken", {"number": number}))
    if kpi is None and source is not None:
        same = other_kpis.filter(template__indicator=source.indicator_id).first()
        if same is not None:
            problems.append(Problem("kpi.already_here", {"number": same.number}))
    return [*problems, *_of_strategic(scorecard, fields, source)]


def _of_strategic(
    scorecard: Scorecard, fields: dict[str, Any], source: IndicatorVersion | None
) -> Iterator[Problem]:
    """A strategic KPI is named by its code, with how the KPI comes from it; older words stay."""
    code, link = fields.get("strategic_kpi", ""), fields.get("strategic_link", "")
    stored = (source.strategic_kpi, source.strategic_link) if source else ("", "")
    if (code, link) == stored:
        return
    if code and code != stored[0] and code not in strategic_kpis_for(scorecard):
        yield Problem("kpi.strategic_unknown", {"value": shortened(code)})
    if bool(code) != bool(link):
        yield Problem("kpi.strategic_link_missing" if code else "kpi.strategic_missing")


def _is_for_others(source: IndicatorVersion, scorecard: Scorecard) -> bool:
    """Whether it stands on a list that the year has for another kind of body."""
    foreign_lists = listed_for_others(scorecard.fiscal_year, scorecard.body.kind)
    return IndicatorVersion.objects.filter(foreign_lists, pk=source.pk).exists()


def _changed(
    content: dict[str, Any] | None, beside: dict[str, Any] | None
) -> dict[str, Any] | None:
    """What a content has that the other has not, with the number of the KPI."""
    if content is None or beside is None:
        return content
    return {k: v for k, v in content.items() if k == "number" or beside.get(k) != v}


def _still_there(kpi: Kpi) -> Kpi:
    """The KPI read anew; the scorecard is locked, so it stays so."""
    fresh = Kpi.objects.select_related("template__indicator").filter(pk=kpi.pk).first()
    if fresh is None:
        raise Refused([Problem("kpi.gone", {"kpi": kpi.number})])
    return fresh


def template_for(scorecard: Scorecard, fields: dict[str, Any], kpi: Kpi | None) -> IndicatorVersion:
    """The version of the indicator that says what `fields` say."""
    text = {field: fields[field] for field in TEMPLATE_FIELDS if field in fields}
    old = kpi.template if kpi else fields.get("template")
    if old is None:
        return new_version(own_indicator(scorecard.body), 1, scorecard.fiscal_year, text)
    if all(getattr(old, field) == value for field, value in text.items()):
        return old
    if old.indicator.body_id != scorecard.body_id:
        texts = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
        listed_as = old.indicator.listed_as or old.indicator.code
        return new_version(
            own_indicator(scorecard.body, listed_as), 1, scorecard.fiscal_year, texts | text
        )
    other_kpis = Kpi.objects.filter(template=old)
    other_kpis = other_kpis.exclude(pk=kpi.pk) if kpi else other_kpis
    if not other_kpis.exists() and scorecard.version == 0:
        IndicatorVersion.objects.filter(pk=old.pk).update(**text)
        return IndicatorVersion.objects.select_related("indicator").get(pk=old.pk)
    newest = IndicatorVersion.objects.filter(indicator=old.indicator).order_by("-number")[0]
    texts = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
    return new_version(old.indicator, newest.number + 1, scorecard.fiscal_year, texts | text)


@transaction.atomic
def remove_kpi(scorecard: Scorecard, kpi: Kpi, *, by: Person, at: datetime, on: date) -> None:
    """Take a KPI off a draft. Its indicator stays in the library."""
    locked = SCORECARD_LIFE.locked(scorecard)
    require(permissions.may_edit(by, locked, on))
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    before = kpi_content(_still_there(kpi))
    Kpi.objects.filter(pk=kpi.pk).delete()
    record("kpi.removed", scorecard, by=by, at=at, body=scorecard.body.code, before=before)


@transaction.atomic
def reuse_last_year(
    scorecard: Scorecard, numbers: Mapping[int, str], *, by: Person, at: datetime, on: date
) -> int:
    """Take over KPIs of the year before: the same indicators, with targets to be set.

    `numbers` has the new number of each that was chosen, by the id of last year's KPI. Gives how
    many were taken over. Errors: Refused with everything that is wrong, and nothing is taken over.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(permissions.may_edit(by, locked, on))
    offered = {one.kpi.pk: one for one in last_years_kpis(locked)}
    chosen = [(offered[pk], number) for pk, number in numbers.items() if pk in offered]
    problems = _cannot_be_taken_over(chosen, {kpi.number for kpi in kpis_of(locked)})
    if problems:
        raise Refused(problems)
    for last_years, number in chosen:
        _take_over(locked, last_years.kpi, number, by=by, at=at)
    return len(chosen)


@transaction.atomic
def take_from_library(
    scorecard: Scorecard, kinds: Mapping[int, str], *, by: Person, at: datetime, on: date
) -> int:
    """Take indicators of the library, each with the next number that is free in its component.

    `kinds` has the kind of KPI that each is taken as, by the id of its text. Gives how many were
    taken. Errors: Refused with everything that is wrong, and nothing is taken.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(permissions.may_edit(by, locked, on))
    homes = homes_of_kinds(rules_of(locked)[1])
    numbers = {kpi.number for kpi in kpis_of(locked)}
    chosen = [offer for offer in library_for(locked) if offer.template.pk in kinds]
    problems = [offer.why_not for offer in chosen if offer.why_not]
    problems += [
        Problem("library.no_kind", {"name": offer.template.name})
        for offer in chosen
        if not offer.why_not and kinds[offer.template.pk] not in homes
    ]
    if problems or not chosen:
        raise Refused(problems or [Problem("reuse.nothing_chosen")])
    for offer in chosen:
        kind = kinds[offer.template.pk]
        number = next_number(homes[kind].value.number, numbers)
        numbers.add(number)
        fields = _as_listed(offer.template) | {"number": number, "kind": kind}
        fields |= {"component": homes[kind].id, "owner": owner_of(offer.template, locked)}
        save_kpi(locked, fields, by=by, at=at, on=on)
    return len(chosen)


def owner_of(template: IndicatorVersion | None, scorecard: Scorecard) -> str:
    """Who answers for a KPI that is new here: who is said to, else its body."""
    return (template.owner if template else "") or scorecard.body.name_th


def _as_listed(template: IndicatorVersion) -> dict[str, Any]:
    """What the library says, and nothing else yet."""
    return {
        "weight": None,
        "targets": [],
        "evidence_plan": "",
        "template": template,
        "strategic_kpi": template.strategic_kpi,
        "strategic_link": template.strategic_link,
    }


def _cannot_be_taken_over(
    chosen: Sequence[tuple[LastYears, str]], here: Collection[str]
) -> list[Problem]:
    """Everything that is wrong with what was chosen."""
    if not chosen:
        return [Problem("reuse.nothing_chosen")]
    problems = [last_years.why_not for last_years, _ in chosen if last_years.why_not]
    counts = Counter(number for _, number in chosen)
    for last_years, number in chosen:
        figures: dict[str, object] = {"old": last_years.kpi.number, "number": number}
        if not NUMBER_FORM.fullmatch(number):
            problems.append(Problem("reuse.number_form", figures))
        elif number in here or counts[number] > 1:
            problems.append(Problem("reuse.number_taken", figures))
    return problems


def _take_over(scorecard: Scorecard, kpi: Kpi, number: str, *, by: Person, at: datetime) -> None:
    copy = Kpi.objects.create(
        scorecard=scorecard,
        number=number,
        component=kpi.component,
        kind=kpi.kind,
        template=kpi.template,
        weight=kpi.weight,
        targets=[],
        evidence_plan=kpi.evidence_plan,
        answers=kpi.answers,
        items=[item | {"targets": []} for item in kpi.items],
    )
    record(
        "kpi.added",
        scorecard,
        by=by,
        at=at,
        body=scorecard.body.code,
        after=kpi_content(copy),
        reason="reused",
    )


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
            template=template_of_the_rules(
                rule.id, rule.label.th, year, "given", say("unit.points", {}, "th")
            ),
        )
    for indicator in indicators_of_a_plan(rules):
        Kpi.objects.create(
            scorecard=scorecard,
            number=indicator.value.number,
            component=indicator.value.component,
            template=template_of_the_rules(
                indicator.id, indicator.label.th, year, "plan", per_cent()
            ),
        )
