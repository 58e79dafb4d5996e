"""Invented holders of office and the orders that put them in charge of bodies.

Whoever assesses a body stays who it is without an order: ministers are in charge of what is their
own ministry's, the Deputy Prime Ministers of bodies that are of the Prime Minister's Office or of
no ministry. No name is of a real person, and no order is a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import cycle

from django.db.models import Q

from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Body, OfficeHolder, Portfolio
from esar.platform.organisations.queries import office_code

IN_OFFICE, ENTRUSTED = date(2023, 9, 5), date(2023, 9, 20)
ORDER = "คำสั่งสำนักนายกรัฐมนตรี ที่ สาธิต/2566 (สาธิต)"
DEPUTIES = 6


def make_demo_portfolios(*, at: datetime) -> int:
    """Holders and orders, once; again changes nothing. How many orders there are."""
    if Portfolio.objects.exists():
        return Portfolio.objects.count()
    prime, nobody = office_code("prime_minister"), office_code("no_minister")
    ministries = {
        body.code: body
        for body in Body.objects.filter(kind=Body.Kind.MINISTRY, is_demo=False)
        if body.code != nobody
    }
    posts = list(_posts(ministries[prime], [*ministries.values()]))
    holders = [
        OfficeHolder(body=body, post=post, name=f"{post} (สาธิต)", first_day=IN_OFFICE, is_demo=True)
        for body, post in posts
    ]
    OfficeHolder.objects.bulk_create(holders)
    minister_of = {holder.body.code: holder for holder in holders if holder.body.code != prime}
    at_centre = cycle([holder for holder in holders if holder.body.code == prime][1:])
    bodies = Body.objects.filter(~Q(evaluated_from=None), parent__isnull=False)
    rows = [
        Portfolio(
            holder=minister_of.get(body.parent.code) or next(at_centre),
            body=body,
            first_day=ENTRUSTED,
            order=ORDER,
            is_demo=True,
        )
        for body in bodies.select_related("parent").order_by("code")
        if body.parent is not None
    ]
    Portfolio.objects.bulk_create(rows)
    happened: list[tuple[str, Body | Portfolio, str]] = [
        ("office.held", holder.body, holder.body.code) for holder in holders
    ]
    happened += [("portfolio.given", row, row.body.code) for row in rows]
    record_many(happened, by=None, at=at)
    return len(rows)


def _posts(prime: Body, ministries: list[Body]) -> Iterator[tuple[Body, str]]:
    """The Prime Minister, the deputies, the minister of the Office, and every minister."""
    yield prime, "นายกรัฐมนตรี"
    for number in range(1, DEPUTIES + 1):
        yield prime, f"รองนายกรัฐมนตรี คนที่ {number}"
    yield prime, "รัฐมนตรีประจำสำนักนายกรัฐมนตรี"
    for ministry in ministries:
        if ministry != prime:
            yield ministry, f"รัฐมนตรีว่าการ{ministry.name_th}"
