"""The lists of security events: everybody's for administrators and auditors, and one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from esar.platform.security.models import SecurityEvent
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Search, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LABELLED, Column, Field, ListPage
from esar.platform.ui.templatetags.words import moment

KIND = Choice(
    "kind",
    _("label.security_kind"),
    values=SecurityEvent.Kind.values,
    words=code_words("security-kind"),
)
WHEN = Column("at", _("page.security_at"), as_=moment, sort="at", phone=FIRST)
REST = (
    Column("kind", _("label.security_kind"), as_=code("security-kind"), sort="kind", phone=FIRST),
    Column("origin", _("page.security_origin"), sort="origin"),
    Column("agent", _("page.security_agent"), phone=LABELLED),
    Column("path", _("page.security_path")),
)


def whose(event: SecurityEvent) -> Any:
    return event.person.name if event.person else _("page.security_no_account")


class SecurityList(ListPage[SecurityEvent]):
    """Everybody's, newest first. One query."""

    title, help = _("page.security"), _("page.security_help")
    name, address = "esar-security", "security:events-export"
    empty = _("page.security_none")
    sort, then = "-at", ("-pk",)
    filters = (Search(paths=("person__name", "person__email", "origin", "path")), KIND)
    columns = (
        WHEN,
        Column("person", _("label.name"), "", whose, sort="person__name_key", phone=FIRST),
        *REST,
    )
    fields = (
        Field("at", _("page.security_at")),
        Field("person", _("label.name"), "person.name"),
        Field("email", _("label.email"), "person.email"),
        Field("kind", _("label.security_kind"), as_=code("security-kind")),
        Field("origin", _("page.security_origin")),
        Field("agent", _("page.security_agent")),
        Field("path", _("page.security_path")),
    )

    def rows(self) -> QuerySet[SecurityEvent]:
        return SecurityEvent.objects.select_related("person")


class OwnSecurityList(ListPage[SecurityEvent]):
    """One's own, newest first. One query."""

    title, help = _("page.security_own"), _("page.security_own_help")
    sort, then = "-at", ("-pk",)
    filters = (KIND,)
    columns = (WHEN, *REST)

    def rows(self) -> QuerySet[SecurityEvent]:
        return SecurityEvent.objects.filter(person=self.reader.person)
