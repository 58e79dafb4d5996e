"""The list of people, and what every list of things of bodies shares: filters, columns, fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from esar.kernel.wording import has_sentence
from esar.law.rules.book import Rule
from esar.platform.organisations.interest import interests
from esar.platform.organisations.models import Appointment, Person, Portfolio
from esar.platform.organisations.permissions import may_keep_registry
from esar.platform.organisations.queries import (
    PERSON_STATES,
    appointments_of,
    considered_under,
    groups,
    matches,
    person_states,
    visible_people,
)
from esar.platform.ui import books
from esar.platform.ui.cells import demo_chip
from esar.platform.ui.filters import (
    Choice,
    Filter,
    Option,
    Reader,
    Search,
    State,
    code_words,
    value_at,
)
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage, Row
from esar.platform.ui.templatetags.words import day, name_of, role_line, words

BODY_NAMES = ("name_th", "name_en", "abbr_th", "code")


@dataclass(frozen=True)
class BodySearch(Search):
    """Looks for a body by any of its names, former ones too."""

    path: str = ""

    def condition(self, value: str, reader: Reader) -> Q:  # noqa: ARG002 as in Filter
        return matches(value, self.path, self.paths)

    def passes(self, value: str, row: Any) -> bool:
        names = tuple(f"{self.path}{name}" for name in BODY_NAMES)
        return not value or Search(paths=(*self.paths, *names)).passes(value, row)


def body_search(path: str = "", **more: Any) -> BodySearch:
    """`path` leads to the body: "scorecard__body__"; `paths` are columns beside its names."""
    return BodySearch(path=path, **more)


def body_kind(path: str = "") -> Choice:
    """The classes of bodies that the year shown evaluates."""
    return Choice(
        "kind",
        _("page.kind"),
        f"{path}kind",
        values=lambda reader: books.body_kinds(reader.year),
        words=code_words("value"),
    )


@dataclass(frozen=True)
class BodyGroup(Filter):
    """A ministry or a region. One query for what it offers."""

    def condition(self, value: str, reader: Reader) -> Q:  # noqa: ARG002 as in Filter
        if not value:
            return Q()
        return Q(**{f"{self.path}parent__code": value}) | Q(**{f"{self.path}region_th": value})

    def passes(self, value: str, row: Any) -> bool:
        paths = (f"{self.path}parent__code", f"{self.path}region_th")
        return not value or value in [value_at(row, path) for path in paths]

    def options(self, reader: Reader) -> Iterable[Option]:  # noqa: ARG002 as in Filter
        english = get_language() == "en"
        return [(value, name_en if english else name_th) for value, name_th, name_en in groups()]


def body_group(path: str = "") -> BodyGroup:
    return BodyGroup("group", _("page.group"), path)


def body_column(
    of: str, link: str | Callable[[Any], str], *, demo: str = "", also: Any = None
) -> Column:
    """The column that names a row by its body; `demo` is where it says that it was invented."""
    return Column(
        "body",
        _("page.name"),
        of,
        as_=name_of,
        sort=f"{of.replace('.', '__')}__name_key",
        phone=FIRST,
        link=link,
        also=also or (demo_chip(demo) if demo else None),
        css="body-name",
    )


def body_fields(of: str) -> tuple[Field, Field]:
    """A body's code and name, in files."""
    return (
        Field("code", _("page.code"), f"{of}.code"),
        Field("body", _("page.name"), f"{of}.name_th"),
    )


@dataclass(frozen=True)
class CommitteeGroup(Filter):
    """The kind of committee that supervises a body: of the ministries, the single bodies and so on.

    One query where one is asked for; what it offers is the rulebook's.
    """

    def condition(self, value: str, reader: Reader) -> Q:
        return Q(**{f"{self.path}pk__in": self.bodies(value, reader)}) if value else Q()

    def sieve(self, value: str, reader: Reader) -> Callable[[Any], bool]:
        if not value:
            return lambda _row: True
        bodies, path = set(self.bodies(value, reader)), f"{self.path}pk"
        return lambda row: value_at(row, path) in bodies

    def bodies(self, value: str, reader: Reader) -> Iterable[int]:
        """The ids of what is of the group."""
        return considered_under(value, reader.year)

    def value(self, reader: Reader) -> str:
        value = super().value(reader)
        return value if value in dict(self.options(reader)) else ""

    def options(self, reader: Reader) -> list[tuple[str, Any]]:
        return [(rule.id, supervising_words(rule)) for rule in books.supervising(reader.year)]


def supervising_words(rule: Rule[Any]) -> Any:
    """What a kind of committee is called in short, by what it considers; else by its rule."""
    code = f"nation-committees.{rule.id.rpartition('.')[2]}"
    return _(code) if has_sentence(code) else words(rule.label)


def committee_group(path: str = "") -> CommitteeGroup:
    """`path` leads to the body: "scorecard__body__"."""
    return CommitteeGroup("committees", _("page.committee_group"), path)


class DecidedList(ListPage[Row]):
    """A list whose rows are chosen to be decided: not those of bodies of the reader's interest.

    `body_id` is the path to a row's body.
    """

    body_id: ClassVar[str] = "body_id"

    @cached_property
    def barred(self) -> set[int]:
        """The bodies that the reader may not decide about."""
        return {stake.body_id or 0 for stake in interests(self.reader.person, self.reader.day)}

    def may_tick(self, row: Row) -> bool:
        return attrgetter(self.body_id)(row) not in self.barred


@dataclass(frozen=True)
class Listed:
    """A person with every appointment, ended ones too."""

    person: Person
    appointments: list[Appointment]

    @property
    def pk(self) -> int:
        return self.person.pk


chip = demo_chip("person.is_demo")


def closed_or_invented(row: Listed) -> SafeString:
    """Whether the account is closed, and whether the person was invented."""
    day, closed = row.person.closed_on, SafeString("")
    if day:
        words = _("page.closed_on", (("day", day),))
        closed = format_html(' <span class="meta">⊘ {}</span>', words)
    return format_html("{}{}", closed, chip(row))


def roles_of(row: Listed) -> SafeString | None:
    """What someone may do, where and since when."""
    lines = [(role_line(appointment),) for appointment in row.appointments]
    return format_html_join("", "<div>{}</div>", lines) if lines else None


def in_person_state(state: str, reader: Reader) -> Q:
    """Of people, those who have answered and have a role, who have not, without one, closed."""
    return person_states(reader.day)[state]


class PeopleList(ListPage[Listed]):
    """People one may look up, with their roles. Four queries, however many rows."""

    title = _("page.people")
    sort, template = "name", "organisations/people.html"
    filters = (
        Search(paths=("name", "email", "position")),
        State(values=PERSON_STATES, words=code_words("person-state"), where=in_person_state),
    )
    columns = (
        Column(
            "name",
            _("page.name"),
            "person.name",
            sort="name_key",
            phone=FIRST,
            link="organisations:person",
            also=closed_or_invented,
        ),
        Column("email", _("label.email"), "person.email", sort="email", phone=FIRST),
        Column("roles", _("page.roles"), "", roles_of, phone=FIRST),
    )

    def rows(self) -> QuerySet[Person]:
        return visible_people(self.reader.person, self.reader.day)

    def shown(self, rows: list[Person]) -> Sequence[Listed]:
        appointments = appointments_of(rows)
        return [Listed(person, appointments[person.pk]) for person in rows]


def office_page(portfolio: Portfolio) -> str:
    return reverse("public:agency", args=[portfolio.body.code])


class PortfolioList(ListPage[Portfolio]):
    """Who was in charge of which body when, by which order. Two queries."""

    title, help = _("page.portfolios"), _("page.portfolios_help")
    empty = _("page.portfolios_none")
    name, address = "esar-portfolios", "organisations:portfolios-export"
    then = ("body__name_key", "-first_day", "pk")
    filters = (body_search("body__", paths=("holder__name", "order")), body_kind("body__"))
    columns = (
        body_column("body", office_page, demo="is_demo"),
        Column("holder", _("label.holder"), "holder.name", sort="holder__name", phone=FIRST),
        Column("post", _("label.post"), "holder.post"),
        Column("first_day", _("label.first_day"), as_=day, sort="first_day"),
        Column("last_day", _("label.last_day"), as_=day, sort="last_day"),
        Column("order", _("label.portfolio_order")),
    )
    fields = (
        *body_fields("body"),
        Field("holder", _("label.holder"), "holder.name"),
        Field("post", _("label.post"), "holder.post"),
        Field("office", _("label.office"), "holder.body.code"),
        Field("first_day", _("label.first_day")),
        Field("last_day", _("label.last_day")),
        Field("order", _("label.portfolio_order")),
    )

    @cached_property
    def shown_columns(self) -> Sequence[Column]:
        if not may_keep_registry(self.reader.person, self.reader.day):
            return self.columns
        label = _("page.portfolio_order_wrong")
        correct = Column(
            "correct", label, "", lambda _row: label, link="organisations:portfolio-order"
        )
        return [*self.columns, correct]

    def rows(self) -> QuerySet[Portfolio]:
        return Portfolio.objects.select_related("body", "holder__body")

    def begins(self) -> Iterator[tuple[Any, str]]:
        if may_keep_registry(self.reader.person, self.reader.day):
            yield _("page.portfolio_new"), reverse("organisations:portfolio-new")
