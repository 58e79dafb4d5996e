"""Reads: every day that matters in a year, with the extensions that were recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from esar.kernel.wording import say
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.document import bodies_words
from esar.law.rules.kinds import Deadline, Round, Window
from esar.law.rules.text import Text
from esar.platform.calendars.models import Extension
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_between
from esar.platform.ui import books, clock


@dataclass(frozen=True)
class Entry:
    """One line of the calendar: from `first` (none for a deadline) to the end of `last`.

    Its rule is a deadline, a window, or a round that itself says when its report is due.
    """

    rule: Rule[Deadline] | Rule[Window] | Rule[Round]
    year: int
    first: date | None
    last: date
    extension: Extension | None = None

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def label(self) -> Text:
        is_round = isinstance(self.rule.value, Round)
        return _said("calendar.report_due", round=self.rule.label) if is_round else self.rule.label

    @property
    def what(self) -> Text:
        value = self.rule.value
        if not isinstance(value, Round):
            return value.what
        return _said("calendar.sends_sar" if "sar" in value.reports else "calendar.sends_card")

    @property
    def who(self) -> Text:
        if not isinstance(self.rule.value, Round):
            return self.rule.value.who
        bodies = self.rule.entry.bodies
        return Text(bodies_words(bodies, "th"), bodies_words(bodies, "en"))

    @property
    def label_with_days(self) -> Text:
        """Its name with its first and last day, as extended."""
        return _said("calendar.with_days", label=self.label, first=self.first, last=self.last)

    @property
    def warn_from(self) -> date | None:
        """From when those who have not done it are told that the days run out."""
        return self.rule.value.warn_from if isinstance(self.rule.value, Window) else None

    def is_open(self, day: date) -> bool:
        """Whether `day` lies within; the last day counts to its end in Asia/Bangkok."""
        return (self.first is None or self.first <= day) and day <= self.last

    def days_left(self, day: date) -> int:
        """Days until the last day; 0 on it, negative after it."""
        return (self.last - day).days


def _said(code: str, **figures: object) -> Text:
    return Text(say(code, figures, "th"), say(code, figures, "en"))


def entries(
    year: int, body_kind: str | None = None, body: Body | None = None, *, on: date | None = None
) -> list[Entry]:
    """Deadlines and windows of a year, by day, as extended for the body. One query.

    As the law of the day has them (`on`, else today): before what is amended later.
    """
    book = books.book(year)
    if book is None:
        return []
    return _as_extended(_law(book, body_kind, on), year, body, extensions(year))


def extensions(year: int) -> list[Extension]:
    """Those of a year that count, the newest last: none that was withdrawn. One query."""
    counting = Extension.objects.filter(fiscal_year=year, withdrawal=None)
    return list(counting.select_related("body", "by").order_by("at", "pk"))


def without(extension: Extension) -> Entry | None:
    """The entry as it would bind if an extension were withdrawn. One query."""
    year, body = extension.fiscal_year, extension.body
    book = books.book(year)
    if book is None:
        return None
    counting = [other for other in extensions(year) if other.pk != extension.pk]
    bound = _as_extended(_law(book, body.kind if body else None, None), year, body, counting)
    return next((one for one in bound if one.id == extension.rule_id), None)


def touched(entry: Entry, body: Body | None = None) -> list[Body]:
    """The bodies whose day it is: one alone, or all without a day of their own. Two queries."""
    if body is not None:
        return [body]
    book = books.book(entry.year)
    if book is None:
        return []
    year, kinds = book.year, entry.rule.entry.bodies
    their_own = [one.body_id for one in extensions(entry.year) if one.rule_id == entry.id]
    bodies = evaluated_between(year.first_day, year.last_day, kinds)
    return list(bodies.exclude(pk__in=[pk for pk in their_own if pk]).order_by("name_key", "code"))


def _law(book: Rulebook, body_kind: str | None, on: date | None) -> Rules:
    """What binds on a day, else today; what begins only later in the year is known already."""
    rules, day = book.on(book.year.last_day, body_kind), on or clock.today()
    return replace(rules, by_id=dict(rules.by_id) | dict(book.on(day, body_kind).by_id))


def entries_of(
    year: int, bodies: Iterable[Body], *, on: date | None = None
) -> dict[int, list[Entry]]:
    """Body id → the year's days as they bind for it on a day, else today.

    One query, however many bodies.
    """
    book = books.book(year)
    if book is None:
        return {body.pk: [] for body in bodies}
    moved = extensions(year)
    return {body.pk: _as_extended(_law(book, body.kind, on), year, body, moved) for body in bodies}


def _as_extended(rules: Rules, year: int, body: Body | None, moved: list[Extension]) -> list[Entry]:
    entries = [
        Entry(rule, year, rule.value.first, rule.value.last) for rule in rules.of_kind(Window)
    ]
    days: list[Rule[Deadline] | Rule[Round]] = [*rules.of_kind(Deadline), *rules.of_kind(Round)]
    entries += [Entry(rule, year, None, rule.value.due) for rule in days if rule.value.due]
    for extension in sorted(
        moved, key=lambda extension: extension.body_id is not None
    ):  # a body's own goes last
        if extension.body_id is None or (body is not None and extension.body_id == body.pk):
            entries = [
                _moved(entry, extension) if entry.id == extension.rule_id else entry
                for entry in entries
            ]
    return sorted(entries, key=lambda entry: (entry.last, entry.id))


def _moved(entry: Entry, extension: Extension) -> Entry:
    first = extension.first_day or entry.first
    return replace(entry, first=first, last=extension.last_day, extension=extension)


def entry(
    year: int, rule_id: str, body: Body | None = None, *, on: date | None = None
) -> Entry | None:
    """One entry of the calendar as it binds for a body on a day, else today."""
    kind = body.kind if body else None
    return next((one for one in entries(year, kind, body, on=on) if one.id == rule_id), None)


def day_of_the_law(year: int, rule_id: str, body: Body | None = None) -> date | None:
    """The last day of an entry before anyone extended it. No query."""
    book = books.book(year)
    if book is None:
        return None
    by_law = _as_extended(_law(book, body.kind if body else None, None), year, body, [])
    return next((one.last for one in by_law if one.id == rule_id), None)
