"""Reads of the registry."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from esar.organisations.models import Body

SORTS = {"name": "name_th", "-name": "-name_th", "code": "code", "-code": "-code"}


def evaluated_bodies(
    *, text: str = "", kind: str = "", group: str = "", sort: str = "name"
) -> QuerySet[Body]:
    """Departments and provinces that match; `group` is a ministry's code or a region.

    One query, however many rows. Thai has no spaces between words, so any part of a name counts.
    """
    found = Body.objects.exclude(kind=Body.Kind.MINISTRY).select_related("parent")
    found = found.filter(matches(text))
    if kind:
        found = found.filter(kind=kind)
    if group:
        found = found.filter(Q(parent__code=group) | Q(region_th=group))
    return found.order_by(SORTS.get(sort, "name_th"), "code")


def matches(text: str, path: str = "") -> Q:
    """Every word of `text` is part of a name, the code or the abbreviation of the body there."""
    condition = Q()
    for word in text.split():
        one = Q()
        for field in ("name_th", "name_en", "abbr_th", "code"):
            one |= Q(**{f"{path}{field}__icontains": word})
        condition &= one
    return condition


def groups() -> list[tuple[str, str, str]]:
    """(value, Thai, English) of every ministry, then every region. Two queries."""
    ministries = Body.objects.filter(kind=Body.Kind.MINISTRY).order_by("name_th")
    listed = [(body.code, body.name_th, body.name_en) for body in ministries]
    regions = (
        Body.objects.exclude(region_th="").order_by("region_th").values_list("region_th", flat=True)
    )
    return listed + [(name, f"ภาค{name}", REGIONS.get(name, name)) for name in regions.distinct()]


REGIONS = {
    "กลาง": "Central region",
    "เหนือ": "Northern region",
    "ใต้": "Southern region",
    "ตะวันออก": "Eastern region",
    "ตะวันตก": "Western region",
    "ตะวันออกเฉียงเหนือ": "Northeastern region",
}
