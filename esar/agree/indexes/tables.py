"""The list of international indexes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from esar.agree.indexes.models import IndexEdition, InternationalIndex
from esar.agree.indexes.permissions import may_keep_indexes
from esar.agree.indexes.queries import register
from esar.platform.ui.cells import demo_chip
from esar.platform.ui.filters import Choice, Search
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day


def page_of_index(index: InternationalIndex) -> str:
    return reverse("indexes:index", args=[index.code])


def standing(cancelled: object) -> str:
    return str(_("index-standing.cancelled") if cancelled else _("index-standing.published"))


class IndexList(ListPage[InternationalIndex]):
    """Every index with its newest edition. Two queries."""

    title, help, empty = _("page.indexes"), _("page.indexes_help"), _("page.indexes_none")
    name, address = "esar-international-indexes", "indexes:indexes-export"
    sort, then = "name", ("code",)
    filters = (
        Search(paths=("code", "name", "host")),
        Choice(
            "standing",
            _("label.index_standing"),
            path="cancelled",
            values=("False", "True"),
            words=lambda value: standing(value == "True"),
        ),
    )
    columns = (
        Column(
            "name",
            _("label.index_name"),
            sort="name",
            phone=FIRST,
            link=page_of_index,
            also=demo_chip("is_demo"),
        ),
        Column("code", _("label.index_code"), sort="code"),
        Column("host", _("label.index_host"), sort="host"),
        Column("edition", _("label.index_edition"), sort="edition"),
        Column("published_on", _("label.index_published_on"), as_=day, sort="published_on"),
        Column("rank", _("label.index_rank"), sort="rank", figure=True),
        Column("score", _("label.index_score"), sort="score", figure=True),
        Column("standing", _("label.index_standing"), "cancelled", standing),
    )
    fields = (
        Field("code", _("label.index_code")),
        Field("name", _("label.index_name")),
        Field("host", _("label.index_host")),
        Field("scale", _("label.index_scale")),
        Field("edition", _("label.index_edition")),
        Field("published_on", _("label.index_published_on")),
        Field("rank", _("label.index_rank"), figure=True),
        Field("score", _("label.index_score"), figure=True),
        Field("standing", _("label.index_standing"), "cancelled", standing),
    )

    def rows(self) -> QuerySet[Any]:
        newest = IndexEdition.objects.filter(index=OuterRef("pk")).order_by("-published_on", "-pk")
        names = ("edition", "published_on", "rank", "score")
        values = {name: Subquery(newest.values(name)[:1]) for name in names}
        return register().prefetch_related(None).annotate(**values)

    def begins(self) -> Iterator[tuple[Any, str]]:
        if may_keep_indexes(self.reader.person, self.reader.day):
            yield _("page.index_new"), reverse("indexes:index-new")
