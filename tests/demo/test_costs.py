"""Every page and file of the nation's indicators asks as many queries of a part of it as of twice.

A new address of theirs is either measured here or named with why it is no list.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder, MandatedAddition, SubIndicator
from esar.agree.committees.models import Sitting
from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.agree.strategic_kpis.models import CascadeDecision, StrategicKpi
from esar.operations.reference import routes
from esar.platform.organisations.models import Body, Committee, OfficeHolder, Role
from esar.platform.ui import books, clock
from esar.show.nation.registry import questions_of, tables_of
from tests.demo.make import AFTER, NationAfterItsYear
from tests.make import person

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
END = date(2024, 11, 20)
PARTS = (
    "/agendas/",
    "/agenda-board/",
    "/sub-indicators/",
    "/joint-kpis/",
    "/additions/",
    "/indexes/",
    "/kpis/",
    "/province-kpis/",
    "/strategic/",
    "/portfolios/",
    "/follow-ups/",
    "/outside-results/",
    "/self-evaluations/",
    "/committees/",
    "/years/<int:year>/tables/",
    "/ministers/",
)
LEADS_ON, PRESS, ONE = "leads to another address", "a press of a button", "the form of one thing"
NO_LISTS = {
    "/agendas/": LEADS_ON,
    "/agendas/<int:year>/<slug:code>/main-value/": ONE,
    "/sub-indicators/load/<int:year>/": "takes in a file",
    "/sub-indicators/<int:pk>/end/": ONE,
    "/joint-kpis/<int:pk>/kpi/": ONE,
    "/additions/new/<int:year>/": ONE,
    "/additions/<int:pk>/move/<slug:name>/": PRESS,
    "/indexes/new/": ONE,
    "/indexes/<str:code>/edit/": ONE,
    "/indexes/<str:code>/editions/": ONE,
    "/indexes/<str:code>/editions/<int:pk>/": ONE,
    "/indexes/<str:code>/host-change/": ONE,
    "/indexes/<str:code>/host-change/<int:change>/take-back/": ONE,
    "/province-kpis/load/<int:year>/": "takes in a file",
    "/strategic/load/": "takes in a file",
    "/strategic/new/": ONE,
    "/strategic/moves/<slug:name>/": PRESS,
    "/strategic/sittings/<int:pk>/<int:number>/": ONE,
    "/strategic/sittings/<int:pk>/agenda/": PRESS,
    "/strategic/<int:pk>/edit/": ONE,
    "/strategic/<int:pk>/move/<slug:name>/": PRESS,
    "/strategic/results/<int:pk>/edit/": ONE,
    "/strategic/results/new/<str:code>/<int:year>/": ONE,
    "/strategic/results/<int:pk>/": ONE,
    "/strategic/results/<int:pk>/move/<slug:name>/": PRESS,
    "/strategic/results/<int:pk>/files/": PRESS,
    "/strategic/results/<int:pk>/files/<int:attachment>/": "one file",
    "/strategic/results/<int:pk>/files/<int:attachment>/remove/": PRESS,
    "/portfolios/new/": ONE,
    "/portfolios/<int:pk>/order/": ONE,
    "/follow-ups/<int:pk>/edit/": ONE,
    "/follow-ups/new/<str:code>/<int:year>/": ONE,
    "/follow-ups/<int:pk>/": ONE,
    "/follow-ups/<int:pk>/move/<slug:name>/": PRESS,
    "/outside-results/load/<int:year>/": "takes in a file",
    "/outside-results/<int:pk>/": ONE,
    "/self-evaluations/ask/<int:year>/": PRESS,
    "/self-evaluations/<int:pk>/": ONE,
    "/self-evaluations/<int:pk>/fill/": ONE,
    "/self-evaluations/<int:pk>/papers/": PRESS,
    "/self-evaluations/<int:pk>/papers/<int:paper>/": "one file",
    "/self-evaluations/<int:pk>/papers/<int:paper>/remove/": PRESS,
    "/self-evaluations/<int:pk>/move/<slug:name>/": PRESS,
    "/committees/<str:code>/orders/new/": ONE,
    "/committees/<str:code>/orders/<int:pk>/": "one file",
    "/ministers/": "a choice of ministries, which are as many in any nation",
}
# By the route: what stands in the blanks of what is measured, which no halving takes away.
AGENDAS = ("water", "greenhouse-gas", "tourism", "sme-otop", "dust")
MINISTRIES = ("MOI", "PMO")
OUTSIDE = ("state_enterprise", "public_organisation", "other")


def addresses() -> dict[str, list[str]]:
    """The route of each page and file of these parts that is a list → it with its blanks filled."""
    rules = books.book(2567).on(date(2024, 9, 30))  # type: ignore[union-attr]
    codes = [table.code for table in [*tables_of(rules), *questions_of(rules)]]
    sub = SubIndicator.objects.annotate(many=Count("holders")).order_by("-many", "pk")[0]
    strategic = StrategicKpi.objects.filter(decisions__cascaded=True).order_by("pk")[0]
    blanks: dict[str, list[str]] = {
        "<table:kind>": ["csv"],
        "<int:year>": ["2567"],
        "/agendas/<int:year>/<slug:code>/": list(AGENDAS),
        "/sub-indicators/<int:pk>/": [str(sub.pk)],
        "/additions/<int:pk>/": [str(MandatedAddition.objects.order_by("pk")[0].pk)],
        "/indexes/<str:code>/": [InternationalIndex.objects.order_by("pk")[0].code],
        "/strategic/<int:pk>/": [str(strategic.pk)],
        "/strategic/hosts/<str:code>/": [strategic.host.code],
        "/strategic/sittings/<int:pk>/": [str(Sitting.objects.get(place="–").pk)],
        "/committees/<str:code>/": ["L1-D", "L2-P"],
        "/years/<int:year>/tables/<slug:code>/": codes,
        "/years/<int:year>/tables/<slug:code>.<table:kind>": codes,
        "/ministers/<str:code>/<int:year>/": list(MINISTRIES),
    }
    return {route: filled(route, blanks) for route in listed() if route not in NO_LISTS}


@cache
def listed() -> list[str]:
    return [path for path, _name, _view in routes() if path.startswith(PARTS)]


def filled(route: str, blanks: dict[str, list[str]]) -> list[str]:
    """The route with everything that may stand in its first blank but years and kinds of files."""
    start = max((part for part in blanks if route.startswith(part)), key=len, default="")
    paths = [route]
    for blank in ("<int:pk>", "<str:code>", "<slug:code>"):
        if blank in route:
            paths = [route.replace(blank, value) for value in blanks[start]]
    for blank in ("<int:year>", "<table:kind>"):
        paths = [path.replace(blank, blanks[blank][0]) for path in paths]
    return paths


def take_away(rows: QuerySet[Any]) -> None:
    """Rows with everything that points at them, whatever the database would refuse."""
    pks = list(rows.values_list("pk", flat=True))
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if pks and (relation.one_to_many or relation.one_to_one) and relation.auto_created:
            model, name = relation.related_model, relation.field.name
            take_away(model._base_manager.filter(**{f"{name}__in": pks}))
    rows.model._base_manager.filter(pk__in=pks)._raw_delete(rows.db)


def every_second(rows: QuerySet[Any]) -> QuerySet[Any]:
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.model._base_manager.filter(pk__in=pks[1::2])


def halve() -> None:
    """Every second body of each kind with all that is its, and of what belongs to none.

    No agenda is left without its largest sub-indicator, one that is held from outside, and that of
    an addition: what there is none of may be asked for less often.
    """
    things: list[type[Model]] = [StrategicKpi, MandatedAddition, InternationalIndex, OfficeHolder]
    for model in things:
        take_away(every_second(model._base_manager.all()))
    stays, added = set(MINISTRIES), MandatedAddition.objects.order_by("pk")[0].sub_indicator_id
    for agenda in AGENDAS:
        subs = SubIndicator.objects.filter(agenda=agenda)
        outside = Holder.objects.filter(sub_indicator__in=subs, body__kind__in=OUTSIDE)
        alone = outside.select_related("body").order_by("pk")[0]
        stays.add(alone.body.code)
        largest = subs.annotate(many=Count("holders")).order_by("-many", "pk")[0]
        take_away(every_second(subs.exclude(pk__in=(largest.pk, alone.sub_indicator_id, added))))
    for kind in Body.objects.exclude(kind="ministry").values_list("kind", flat=True).distinct():
        take_away(every_second(Body.objects.filter(kind=kind).exclude(code__in=stays)))


def more_of_what_the_nation_has_once() -> None:
    """Indexes, what their hosts did, additions, and strategic KPIs that wait for a sitting."""
    for place in range(8):
        index = InternationalIndex.objects.create(
            code=f"IX-{place}", name="ดัชนี", host="องค์การ", scale="0–100"
        )
        IndexEdition.objects.create(index=index, edition="2023", published_on=END, rank=place + 1)
        HostChange.objects.create(
            index=index, what="changed", day=END, details="–", source="–", recorded_at=AFTER
        )
    dust = SubIndicator.objects.filter(agenda="dust").order_by("pk")[0]
    for place in range(8):
        MandatedAddition.objects.create(
            sub_indicator=dust, resolution=f"{place}", resolved_on=END, since=AFTER
        )
    waiting = every_second(StrategicKpi.objects.all())
    take_away(CascadeDecision.objects.filter(strategic__in=waiting))
    waiting.update(state="decide", in_force_from=None)
    committee = Committee.objects.get(code="SUB")
    Sitting.objects.create(
        committee=committee,
        fiscal_year=2567,
        number=1,
        number_year=2567,
        held_at=AFTER,
        place="–",
        state="open",
        since=AFTER,
    )


def costs(client: Client, measured: list[str]) -> dict[str, int]:
    counts = {}
    for address in measured:
        client.get(address)  # what is kept in memory is read
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(address)
            b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        counts[address] = len(asked)
    return counts


def test_every_address_of_these_parts_is_measured_or_says_why_it_is_no_list() -> None:
    assert set(NO_LISTS) - set(listed()) == set()
    assert [part for part in PARTS if not any(route.startswith(part) for route in listed())] == []


def test_each_asks_as_many_queries_of_some_as_of_twice_as_many() -> None:
    NationAfterItsYear()
    clock.pretend(END)
    more_of_what_the_nation_has_once()
    opdc = Client()
    opdc.force_login(person("opdc", (Role.ANALYST, None), (Role.ADMINISTRATOR, None)))
    halve()  # half is enough, and quicker

    with transaction.atomic():
        halve()
        measured = [path for paths in addresses().values() for path in paths]
        some = costs(opdc, measured)
        transaction.set_rollback(True)
    assert costs(opdc, measured) == some
