"""T7: the committees of both levels that consider scorecards in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from esar.law.rules import kinds
from esar.platform.organisations.models import Appointment, Committee, Jurisdiction, Role
from esar.platform.ui.filters import Choice, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import name_of, words
from esar.show.nation.registry import AsOf, Figure, Table, register
from esar.show.nation.tables import RowList

LEVEL_1 = "committee.level1."
LEVEL_2 = "committee.level2."
GROUPS = ("ministries", "single-bodies", "prime-ministers-office", "provinces")
SEATED = (Role.MEMBER, Role.SECRETARY)


@dataclass(frozen=True)
class Seated:
    """A committee with what it considers, who appoints it, and how many of its seats are filled.

    `seats` counts each seat of the rulebook once, with as many as it may have at most.
    """

    committee: Committee
    level: int
    group: str
    bodies: int
    appointed_by: str
    seats: int
    members: int

    @property
    def code(self) -> str:
        return self.committee.code

    @property
    def vacant(self) -> int:
        return max(self.seats - self.members, 0)


def committees_of(as_of: AsOf) -> list[Seated]:
    """Those of levels 1 and 2 whose years hold this one. Three queries."""
    year = as_of.year
    of_year = Q(first_year=None) | Q(first_year__lte=year)
    of_year &= Q(last_year=None) | Q(last_year__gte=year)
    committees = Committee.objects.filter(of_year, level__gt=0)
    bodies = Counter(Jurisdiction.objects.values_list("committee", flat=True))
    seated = Appointment.objects.filter(
        Q(last_day=None) | Q(last_day__gte=as_of.day),
        role__in=SEATED,
        first_day__lte=as_of.day,
    )
    members = Counter(seated.exclude(committee=None).values_list("committee", flat=True))
    rules = as_of.rules
    rows = []
    for committee in committees:
        rule = rules.get(committee.rule_id, kinds.Committee)
        if rule is None:
            continue
        seats = sum(seat.most or 1 for seat in rule.value.seats)
        rows.append(
            Seated(
                committee,
                committee.level,
                committee.rule_id.rpartition(".")[2],
                bodies[committee.pk],
                words(rule.value.appointed_by),
                seats,
                members[committee.pk],
            )
        )
    return rows


def figures(rows: Sequence[Seated]) -> Iterator[Figure]:
    first = [row for row in rows if row.level == 1]
    second = Counter(row.group for row in rows if row.level == 2)
    yield Figure("level1", _("nation.level1"), len(first), "level=1")
    for group in GROUPS:
        label = _(f"nation-committees.{group}")
        yield Figure(f"level2/{group}", label, second[group], f"level=2&group={group}")
    yield Figure("level2_total", _("nation.level2_total"), sum(second.values()), "level=2")


class CommitteeList(RowList[Seated]):
    """Each committee with its bodies and its seats."""

    filters = (
        Choice("level", _("nation.level"), values=("1", "2"), words=str),
        Choice("group", _("nation.group"), values=GROUPS, words=code_words("nation-committees")),
    )
    columns = (
        Column("committee", _("nation.committee"), as_=name_of, phone=FIRST),
        Column("level", _("nation.level"), sort="level", figure=True),
        Column("bodies", _("nation.bodies"), sort="bodies", figure=True),
        Column("appointed_by", _("nation.appointed_by")),
        Column("members", _("nation.members"), sort="members", figure=True),
        Column("vacant", _("nation.vacant"), sort="vacant", figure=True),
    )
    fields = (
        Field("code", _("page.code")),
        Field("committee", _("nation.committee"), lambda row: name_of(row.committee)),
        Field("level", _("nation.level")),
        Field("group", _("nation.group")),
        Field("bodies", _("nation.bodies")),
        Field("appointed_by", _("nation.appointed_by")),
        Field("seats", _("nation.seats")),
        Field("members", _("nation.members")),
        Field("vacant", _("nation.vacant")),
    )


COMMITTEES = register(
    Table(
        "T7",
        rows=committees_of,
        figures=figures,
        page=CommitteeList,
        of_year=lambda rules: rules.get("committee.level2.ministries", kinds.Committee) is not None,
    )
)
