"""Sentences, labels and figures in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from esar.kernel.problems import Problem
from esar.kernel.wording import (
    Word,
    figure,
    has_sentence,
    in_unit,
    month_and_year,
    problem_words,
    say,
)
from esar.law.rules.book import Cite
from esar.law.rules.document import cite_words
from esar.law.rules.numbers import round_half_up, trimmed
from esar.platform.ui import books
from esar.platform.ui.year_address import stay_in

register = template.Library()
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
_ISO_MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d\S*")
_ISO_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
_OUTPUT = re.compile(r"(\d+):([12]\d{3}-\d\d)")  # of an activity, in the month it is planned for
_ROUND = re.compile(r"\d+m")
_MARKUP = re.compile(r"(<code\b.*?</code>|<[^>]*>|&#?\w+;)", re.DOTALL)


def _language() -> str:
    return get_language() or "th"


@register.simple_tag(name="say")
def sentence(code: str, **figures: Any) -> str:
    """The sentence of a code that Python knows too; what only pages say stands in the page."""
    return say(code, figures, _language())


@register.filter(name="figure")
def figure_words(value: Any) -> str:
    """A figure as the reader's language has it: a decimal without exponent, a day in words."""
    return figure(value, _language())


@register.filter
def total_note(year: int) -> str:
    """What a year's total is, where it is not the sum of its KPIs; else nothing."""
    only = books.total_is_of(year)
    return say("page.total_is_of", {"number": only}, _language()) if only else ""


@register.filter
def section_words(name: str) -> str:
    """What a file of a rulebook is called; one that has no name of its own by the file's."""
    code = f"section.{name}"
    return say(code, {}, _language()) if has_sentence(code) else name


# What a page of one thing calls it; a `year` that is a number stands for itself.
OF_ONE_YEAR = ("year", "book", "card", "sitting", "result", "plan")


@register.simple_tag(takes_context=True)
def in_own_year(context: Any) -> str:
    """Nothing, on the page of a thing that is opened in the year of that thing.

    Errors: OfAnotherYear where it is opened under another; the reader is led to its own.
    """
    year = own_year(context)
    if year is not None and (request := context.get("request")) is not None:
        stay_in(year, request)
    return ""


def own_year(context: Any) -> int | None:
    """The fiscal year of what the page is about, where that is a thing of one year with rules."""
    for name in OF_ONE_YEAR:
        subject = context.get(name)
        year = subject if isinstance(subject, int) else getattr(subject, "fiscal_year", None)
        if name == "book" and subject:
            year = subject.year.buddhist
        if year in books.years():
            return int(year)
    return None


@register.filter
def any_of(roles: Collection[str] | None, names: str) -> bool:
    """Whether any of `names`, parted by spaces, is among the roles."""
    return any(name in (roles or ()) for name in names.split())


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds of a key; nothing where it holds none."""
    return values.get(key, "")


@register.filter
def body_kinds(year: int | None) -> list[str]:
    """The classes of bodies that a year evaluates, or any year where none is given."""
    return books.body_kinds(year or None)


@register.filter
def total_of(total: Decimal, year: int) -> str:
    """A total with as many decimals as the year's rules give it."""
    return f"{round_half_up(total, books.total_places(year)):f}"


@register.filter
def total_words(total: str | None) -> str:
    """A kept total; the words for it where nothing was reported, a dash where there is none yet."""
    return status_words("not_reported") if total is None else total or "–"


@register.filter
def words(value: Any) -> str:
    """A Text, or a {"th", "en"} from a kept explanation, in the reader's language."""
    if isinstance(value, dict):
        return str(value[_language()])
    return figure(value, _language())


@register.filter
def kind_words(kind: str, year: int) -> str:
    """What a year calls a kind of KPI, after the number of its group: 1.1 · …; else nothing."""
    of_kpi = books.kind_of_kpi(year, kind)
    if of_kpi is None:
        return ""
    label = words(of_kpi.rule.label)
    return f"{of_kpi.group_number} · {label}" if of_kpi.group_number else label


@register.filter
def name_of(body: Any) -> str:
    """A body's name in the reader's language."""
    return str(body.name_en if _language() == "en" else body.name_th)


@register.filter
def day(value: date | str | None) -> str:
    """A day in words, the year in the Buddhist era in Thai."""
    if not value:
        return ""
    return figure(date.fromisoformat(value) if isinstance(value, str) else value, _language())


@register.filter
def plain(value: Decimal | str | None) -> str:
    """A stored decimal without the zeros that the database adds; nothing where there is none."""
    return "" if value in (None, "") else f"{trimmed(Decimal(value)):f}"


@register.filter
def grouped(value: Decimal | str | None) -> str:
    """The same for the eye, its thousands marked."""
    return "" if value in (None, "") else f"{trimmed(Decimal(value)):,f}"


@register.filter
def plain_or_dash(value: Any) -> str:
    """A kept decimal, or a dash where there is none."""
    return "–" if value is None else plain(value)


@register.filter(name="in_unit")
def with_unit(figures: str, unit: str) -> str:
    """Figures with their unit, in the order that the reader's language has; without any, none."""
    return in_unit(figures, unit or "", _language()) if figures else ""


@register.filter
def local_day(value: datetime) -> date:
    """The day of a moment in Bangkok."""
    return timezone.localdate(value)


@register.filter
def status_words(status: str) -> str:
    """What a score's status is called; nothing where it could not be scored."""
    return "" if not status else say(f"status.{status}", {}, _language())


@register.filter
def moment(value: Any) -> str:
    """A moment as day and time in Bangkok."""
    if not value:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = timezone.localtime(at)
    return f"{figure(local.date(), _language())} {local:%H:%M}"


@register.filter
def say_code(value: str, prefix: str) -> str:
    """The sentence of a code made of a prefix and a value: {{ state|say_code:"state" }}."""
    return say(f"{prefix}.{value}", {}, _language())


def action_code(name: str, prefix: str) -> Word:
    """The code of what a move is called: in its life's own words, or in those of every life."""
    own = f"{prefix}.{name}"
    return Word(own if has_sentence(own) else f"action.{name}")


@register.filter
def role_line(appointment: Any) -> SafeString:
    """What someone may do, where, and since when: an appointment with its body and committee."""
    where = [name_of(place) for place in (appointment.body, appointment.committee) if place]
    seat = [appointment.seat] if appointment.seat and appointment.role != "member" else []
    days = [sentence("page.from_day", day=appointment.first_day)]
    if appointment.last_day:
        days.append(sentence("page.until_day", day=appointment.last_day))
    line = " · ".join([say_code(appointment.role, "role"), *where, *seat])
    return format_html('{} <span class="meta">{}</span>', line, " ".join(days))


@register.filter
def verb_words(verb: str) -> str:
    return say(f"verb.{verb}", {}, _language())


@register.filter
def cite_of(cite: Cite) -> str:
    """Title, number, date and clause of a citation."""
    return cite_words(cite, _language())


@register.filter
def problem(value: Problem) -> str:
    return problem_words(value, _language())


@register.filter
def told(notice: Any) -> str:
    """A notice in the reader's language."""
    return say(notice.code, notice.told, _language())


@register.filter
def error_count(errors: dict[str, list[str]]) -> int:
    return sum(len(listed) for listed in errors.values())


@register.filter
def before_after(event: Any, year: int | None = None) -> list[tuple[str, str, str]]:
    """What an event changed, field by field, in words: no code of ours stands among them.

    `year` is the fiscal year of what it happened to: what its rules name is called as they call it.
    """
    before, after = _as_fields(event.before), _as_fields(event.after)
    of = _Of(event.verb.partition(".")[0], year)
    return [
        (
            _field(name, event.verb),
            _shown(before.get(name), name, of),
            _shown(after.get(name), name, of),
        )
        for name in dict.fromkeys([*before, *after])
        if name in TELL_WHICH or not _is_as_before(before.get(name), after.get(name))
    ]


@dataclass(frozen=True)
class _Of:
    """Whose event a value stands in: the life, and the fiscal year where there is one."""

    life: str = ""
    year: int | None = None


NO_LIFE = _Of()
TELL_WHICH = ("number",)  # of a KPI or a version: said although it is as it was
EMPTY: tuple[Any, ...] = (None, "", [], {})


def _is_as_before(old: Any, new: Any) -> bool:
    """Whether a field tells of no change: alike on both sides, or empty on both."""
    return old == new or (old in EMPTY and new in EMPTY)


def _as_fields(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _field(name: str, verb: str = "") -> str:
    """What people call a field: in this event, in this life, or anywhere."""
    if output := _OUTPUT.fullmatch(name):
        figures = {"number": output[1], "month": month(date.fromisoformat(f"{output[2]}-01"))}
        return say("page.output_of_month", figures, _language())
    if _ISO_MONTH.fullmatch(name):
        return in_time(name)
    life = verb.partition(".")[0]
    own = (f"label.{verb}.{name}", f"label.{life}.{name}")
    return _said(*own, f"label.{name}", f"page.{name}") or name


def _said(*codes: str) -> str | None:
    """The sentence of the first code that has one; none that has blanks to fill is meant."""
    for code in codes:
        try:
            if has_sentence(code):
                return say(code, {}, _language())
        except KeyError:
            continue
    return None


def _shown(value: Any, name: str = "", of: _Of = NO_LIFE) -> str:
    """A value of the history; `name` is its field's."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return say(f"value.{str(value).lower()}", {}, _language())
    if isinstance(value, list):
        return " / ".join(_shown(part, name, of) for part in value) or "–"
    if isinstance(value, dict) and set(value) == {"th", "en"}:
        return words(value)
    if isinstance(value, dict) and {"id", "label", "text"} <= set(value):  # an answer of a form
        return f"{words(value['label'])}: {answered(value) or '–'}"
    if isinstance(value, dict) and set(value) == {"label", "found", "note"}:  # looked at on a visit
        note = f" ({value['note']})" if value["note"] else ""
        return f"{words(value['label'])}: {_worded(value['found'], 'found', of)}{note}"
    if isinstance(value, dict) and name == "checklist":  # its items say themselves what they are
        return " / ".join(_shown(item, "", of) for item in value.values())
    if isinstance(value, dict):
        parts = {key: part for key, part in value.items() if part not in EMPTY}
        return ", ".join(_part(key, part, of, name) for key, part in parts.items())
    return _worded(str(value), name, of)


CALLED = {"level": "stage"}  # fields whose values have their words by another name
NAMED_BY_RULES = ("component", "kind", "rule", "entry")
# Lives whose verbs begin otherwise than their states do.
STATES_OF = {"kpi_templates": ("templates",), "central": ("delivery", "objection")}


def _own_first(own: int | None) -> list[int]:
    """The years with rules: the event's own, then from the newest on."""
    return sorted(books.years(), key=lambda year: (year != own, -year))


def _named_by_a_rulebook(rule_id: str, own: int | None) -> str | None:
    """What the rulebook of the event's year calls it, or the newest that has this entry."""
    for year in _own_first(own):
        book = books.book(year)
        entry = book.entries.get(rule_id) if book else None
        if entry is not None:
            return entry.label.say(_language())
    return None


def _round_named(round_id: str, own: int | None) -> str | None:
    return _named_by_a_rulebook(f"round.{round_id}", own) if _ROUND.fullmatch(round_id) else None


def _ground_named(ground: str, own: int | None) -> str | None:
    """What a rulebook with this ground, of a change or of an appeal, calls it; its own first."""
    for year in _own_first(own):
        book = books.book(year)
        rules = book.on(book.year.last_day).by_id.items() if book else ()
        for rule_id, rule in rules:
            of_changes = getattr(rule.value, "items", ()) if rule_id == "changes.grounds" else ()
            for item in getattr(rule.value, "grounds", of_changes):
                if item.id == ground:
                    return str(item.label.say(_language()))
    return None


@register.filter
def answered(answer: Any) -> str:
    """What a KPI answers to its form, drafted or agreed; days and choices in words."""
    fields = answer if isinstance(answer, dict) else vars(answer)
    text, kind = str(fields["text"]), fields.get("answer", "text")
    if kind == "day":
        return day(text)
    return say_code(text, "choice") if kind == "yes_no" and text else text


@register.filter
def origin_words(origin: str) -> str:
    """Where an event came from: a word for the command line, else the address as it is."""
    return _said(f"origin.{origin}") or origin


def _part(key: str, value: Any, of: _Of, whole: str) -> str:
    """A value within a value of the field `whole`, with its name where people have one for it.

    The name of an item is no person's: what a part is called in its list goes first.
    """
    own = f"label.{whole.removesuffix('s')}_{key}"
    label = key if key.isdecimal() else _said(own, f"label.{key}", f"page.{key}")
    words = _shown(value, key, of)
    return f"{label}: {words}" if label else words


def _worded(text: str, name: str, of: _Of) -> str:
    """A state, a role, a choice or a day as people call it; any other text as it is."""
    name = CALLED.get(name, name)
    dashed = name.replace("_", "-")
    lives = STATES_OF.get(of.life, (of.life,))
    own = (*(f"{one}-{name}.{text}" for one in lives), f"{name}.{text}", f"{dashed}.{text}")
    words = _said(*own, f"choice.{dashed}-{text}", f"choice.{text}")
    words = words or _by_rules(text, name, of.year)
    return in_time(text) if words is None else words


def _by_rules(text: str, name: str, own: int | None) -> str | None:
    """What the rulebooks call it, where its field holds an id of theirs."""
    if name in NAMED_BY_RULES:
        return _named_by_a_rulebook(text, own)
    if name == "ground":
        return _ground_named(text, own)
    return _round_named(text, own) if name == "round" else None


@register.filter
def in_time(text: str) -> str:
    """A day, a month or a moment in words; any other text as it is."""
    try:
        if _ISO_DAY.fullmatch(text):
            return day(text)
        if _ISO_MONTH.fullmatch(text):
            return month(date.fromisoformat(f"{text}-01"))
        return moment(text) if _ISO_MOMENT.fullmatch(text) else text
    except ValueError:  # digits that are no day of the calendar
        return text


@register.filter
def template_lines(version: Any) -> list[tuple[str, str]]:
    """(label, value) of what a KPI template says, without what it leaves empty."""
    return said_lines({name: getattr(version, name) for name in version.FIELDS})


@register.filter
def said_lines(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of the fields of a KPI template, without those that are empty."""
    lines = []
    for name, value in fields.items():
        if name == "baseline":
            value = ", ".join(f"{row['year']}: {row['value']}" for row in value)
        elif has_sentence(f"choice.{value}"):
            value = say(f"choice.{value}", {}, _language())
        if value and name != "name":
            lines.append((_field(name), value))
    return lines


@register.filter
def key_of(thing: Any) -> str:
    """What names a thing in a form: its model and its number."""
    return f"{thing._meta.model_name}-{thing.pk}"


@register.filter
def positive(number: int) -> int:
    return abs(number)


@register.filter
def for_key(mapping: Any, key: Any) -> Any:
    """What a dict holds under a key; nothing where it holds nothing."""
    return (mapping or {}).get(key, "")


@register.filter
def field_of(thing: Any, name: str) -> Any:
    """A field by its name; nothing where there is no such thing."""
    return getattr(thing, name, "")


@register.filter
def fields_named(form: Any, names: str) -> list[Any]:
    """The fields of a form by their names, in this order; a name that it has not is left out."""
    return [form[name] for name in names.split() if name in form.fields]


@register.filter
def round_words(thing: Any) -> str:
    """The name of a round, as its year's rulebook has it."""
    return words(books.round_label(thing.fiscal_year, thing.round_id))


@register.filter
def month(value: date) -> str:
    """A month in words, the year in the Buddhist era in Thai."""
    return month_and_year(value, _language())


@register.filter(is_safe=True)
def thai_digits(value: object) -> str:
    """Thai numerals in Thai, as on official documents; Arabic ones in English.

    Of a page's markup (`{% filter thai_digits %}`) only what is read: no tag, no code, no entity.
    """
    text = "" if value is None else str(value)
    if _language() == "en":
        return text
    if not isinstance(value, SafeString):
        return text.translate(_THAI_DIGITS)
    parts = _MARKUP.split(text)  # what is read, then what is not, by turns
    return "".join(p if i % 2 else p.translate(_THAI_DIGITS) for i, p in enumerate(parts))


@register.filter
def step_words(step: Any) -> str:
    """A step of a computation as a sentence."""
    return str(step.text(_language()))


@register.filter
def claim_words(claim: Any) -> str:
    """What a claim that was sent in says: a result with its unit, or why there is none."""
    if claim.steps_done is not None:
        return f"{say('page.steps', {}, _language())} {', '.join(map(str, claim.steps_done))}"
    if claim.items:
        return " · ".join(f"{name}: {result}" for name, result in claim.items.items())
    if claim.actual is not None:
        return in_unit(claim.actual, claim.unit, _language())
    status = say(f"claim-status.{claim.status}", {}, _language())
    return f"{status} – {claim.why}" if claim.why else status
