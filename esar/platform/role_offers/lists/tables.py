"""The list of the roles that bodies need, by who has them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from esar.platform.organisations.permissions import may_keep_people
from esar.platform.organisations.queries import invited_people
from esar.platform.organisations.tables import (
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
)
from esar.platform.role_offers.lists.staffing import NEEDED, STATES, Post, counted, posts
from esar.platform.ui.cells import code, state_mark
from esar.platform.ui.filters import Choice, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, WorkedList


def page_of(post: Post) -> str:
    return reverse("public:agency", args=[post.body.code])


class PostList(WorkedList[Post]):
    """Who reports and who approves at each body of a year, those without anybody too."""

    title, help, empty = _("page.posts"), _("page.posts_help"), _("page.posts_none")
    name, address = "esar-people-of-bodies", "role_offers:by-body-export"
    template = "role_offers/posts.html"
    filters = (
        body_search("body__", paths=("names", "emails")),
        Year(path="year"),
        State(values=STATES, words=code_words("post-state")),
        Choice("role", _("label.role"), values=NEEDED, words=code_words("role")),
        body_kind("body__"),
        body_group("body__"),
    )
    columns = (
        body_column("body", page_of, demo="body.is_demo"),
        Column("role", _("label.role"), as_=code("role"), sort="role", phone=FIRST),
        Column("names", _("page.people"), sort="names"),
        Column(
            "state",
            _("page.state"),
            as_=state_mark("post-state", active="done", invited="sent", none="late"),
            sort="state",
            phone=FIRST,
        ),
    )
    fields = (
        *body_fields("body"),
        Field("role", _("label.role"), as_=code("role")),
        Field("state", _("page.state"), as_=code("post-state")),
        Field("people", _("page.people"), "names"),
        Field("email", _("label.email"), "emails"),
    )

    @cached_property
    def _posts(self) -> list[Post]:
        return posts(self.reader.year, self.reader.day) if self.reader.year else []

    def rows(self) -> list[Post]:
        return self._posts

    def around(self) -> dict[str, Any]:
        may_keep = bool(may_keep_people(self.reader.person, self.reader.day))
        return {
            "counts": counted(self._posts),
            "may_keep": may_keep,
            "invited": invited_people(self.reader.day).count() if may_keep else 0,
        }
