"""Writes to what a draft holds: its KPIs and their indicators."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.scorecards import permissions
from esar.agree.scorecards.checks import components_given, indicators_of_a_plan
from esar.agree.scorecards.content import kpi_content, kpis_of
from esar.agree.scorecards.models import (
    OF_THE_RULES,
    TEMPLATE_FIELDS,
    Indicator,
    IndicatorVersion,
    Kpi,
    Scorecard,
)
from esar.agree.scorecards.queries import LISTED
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Statement
from esar.platform.history.actions import record
from esar.platform.organisations.models import Body, Person
from esar.platform.ui import books


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
        return _version(_own_indicator(scorecard.body), 1, scorecard, text)
    if all(getattr(old, field) == value for field, value in text.items()):
        return old
    if old.indicator.body_id != scorecard.body_id:
        kept = {field: getattr(old, field) for field in TEMPLATE_FIELDS}
        listed_as = old.indicator.listed_as or old.indicator.code
        return _version(_own_indicator(scorecard.body, listed_as), 1, scorecard, kept | text)
    others = Kpi.objects.filter(template=old)
    others = others.exclude(pk=kpi.pk) if kpi else others
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
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    before = kpi_content(_still_there(kpi))
    Kpi.objects.filter(pk=kpi.pk).delete()
    record("kpi.removed", scorecard, by=by, at=at, body=scorecard.body.code, before=before)


@transaction.atomic
def save_action_plan(
    scorecard: Scorecard, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Keep vision, issues and aims of the action plan; `seen` is the digest the writer had.

    Errors: Refused without the right, or when someone else has changed it since.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(permissions.may_edit(by, locked, on))
    if fields.get("seen") not in (None, "", digest(locked.action_plan)):
        raise Refused([Problem("scorecard.action_plan_changed")])
    old, new = locked.action_plan, {name: fields[name] for name in ("vision", "issues", "aims")}
    if old != new:
        Scorecard.objects.filter(pk=locked.pk).update(action_plan=new)
        record(
            "scorecard.action_plan",
            locked,
            by=by,
            at=at,
            body=locked.body.code,
            before=old,
            after=new,
        )
    scorecard.action_plan = new


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


def template_of_the_rules(
    rule_id: str, name: str, year: int, method: str, unit: str
) -> IndicatorVersion:
    """The one indicator of a rule, the same for every body."""
    indicator, _ = Indicator.objects.get_or_create(code=f"{OF_THE_RULES}{rule_id}"[:30])
    found = IndicatorVersion.objects.filter(indicator=indicator, method=method).first()
    return found or IndicatorVersion.objects.create(
        indicator=indicator, number=1, fiscal_year=year, name=name, method=method, unit=unit
    )


@transaction.atomic
def save_listed(
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    indicator: Indicator | None = None,
) -> IndicatorVersion:
    """Put an indicator on OPDC's list of a fiscal year, or change its text there.

    `fields` are those of LISTED, the year and `seen`, the digest of the text the writer had. A
    text that a scorecard holds, or another year's, is not touched: a new version is made.
    Errors: Refused without the right, or when someone else has changed it since.
    """
    require(permissions.may_keep_list(by, indicator, on))
    text = {name: fields[name] for name in (*LISTED, "fiscal_year")}
    if indicator is None:
        year = fields["fiscal_year"]
        indicator = Indicator.objects.create(code=_next_listed_code(year))
        Indicator.objects.filter(pk=indicator.pk).update(listed_as=indicator.code)
        made = IndicatorVersion.objects.create(indicator=indicator, number=1, **text)
        record("indicator.listed", indicator, by=by, at=at, after=text)
        return made
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    newest = IndicatorVersion.objects.filter(indicator=indicator).order_by("-number")[0]
    old = listed_text(newest)
    if fields.get("seen") not in (None, "", digest(old)):
        raise Refused([Problem("indicator.changed_meanwhile", {"indicator": indicator.code})])
    if old == text:
        return newest
    held = Kpi.objects.filter(template=newest).exists()
    if held or newest.fiscal_year != text["fiscal_year"]:
        kept = {field: getattr(newest, field) for field in TEMPLATE_FIELDS}
        newest = IndicatorVersion.objects.create(
            indicator=indicator, number=newest.number + 1, **(kept | text)
        )
    else:
        IndicatorVersion.objects.filter(pk=newest.pk).update(**text)
        newest.refresh_from_db()
    record("indicator.changed", indicator, by=by, at=at, before=old, after=text)
    return newest


def listed_text(version: IndicatorVersion) -> dict[str, Any]:
    """What OPDC's list says of an indicator, and for which fiscal year."""
    return {name: getattr(version, name) for name in (*LISTED, "fiscal_year")}


def _next_listed_code(year: int) -> str:
    """The next code of what OPDC lists by hand in a year. Of two at once, the code's own
    uniqueness lets one through."""
    prefix = f"OPDC-{year}-"
    return f"{prefix}{Indicator.objects.filter(code__startswith=prefix).count() + 1:03d}"


def load_listed_indicators(year: int, *, at: datetime) -> int:
    """OPDC's lists of a year's rulebook (the provinces' 18 KPIs) as indicators anyone may take.

    Gives how many are new; again changes nothing.
    """
    book, made = books.book(year), 0
    for rule in book.on(book.year.last_day).of_kind(Statement) if book else ():
        if not rule.id.endswith("-kpis"):
            continue
        for item in rule.value.items:
            indicator, is_new = Indicator.objects.get_or_create(
                code=f"OPDC-{rule.id}-{item.id}"[:30],
                defaults={"listed_as": f"{rule.id}/{item.id}"},
            )
            if is_new:
                group = item.id[0] if item.id[1:].isdecimal() else ""  # e1 … s1 … n1 …
                dimension = {"e": "economic", "s": "social", "n": "environment"}.get(group, "")
                IndicatorVersion.objects.create(
                    indicator=indicator,
                    number=1,
                    fiscal_year=year,
                    name=item.label.th,
                    dimension=dimension,
                )
                record("indicator.listed", indicator, by=None, at=at, reason=item.label.th)
                made += 1
    return made
