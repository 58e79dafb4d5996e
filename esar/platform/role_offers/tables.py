"""The list of offers that somebody made or was made."""

from __future__ import annotations

from django.db.models import QuerySet

from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.role_offers.states import OfferState
from esar.platform.ui.cells import code
from esar.platform.ui.columns import since_column, state_column, state_field
from esar.platform.ui.filters import Search, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage


class RoleOfferList(ListPage[RoleOffer]):
    """Offers that one made or was made, newest first. Two queries."""

    title, help, empty = _("page.role_offers"), _("page.role_offers_help"), _("page.no_role_offers")
    name, address = "esar-role-offers", "role_offers:role-offers-export"
    sort, then = "-since", ("-pk",)
    filters = (
        Search(paths=("person__name", "giver__name")),
        State(values=OfferState.values, words=code_words("role_offer-state")),
    )
    columns = (
        Column(
            "person",
            _("label.offered_to"),
            "person.name",
            sort="person__name_key",
            phone=FIRST,
            link="role_offers:role-offer",
        ),
        Column("role", _("label.role"), as_=code("role"), sort="role", phone=FIRST),
        Column("kind", _("label.offer_kind"), as_=code("offer-kind")),
        Column("giver", _("label.offered_by"), "giver.name", sort="giver__name_key"),
        since_column(),
        state_column("role_offer-state", done="accepted"),
    )
    fields = (
        Field("person", _("label.offered_to"), "person.name"),
        Field("role", _("label.role"), as_=code("role")),
        Field("kind", _("label.offer_kind"), as_=code("offer-kind")),
        Field("giver", _("label.offered_by"), "giver.name"),
        Field("first_day", _("label.first_day")),
        Field("last_day", _("label.last_day")),
        Field("since", _("page.since")),
        state_field("role_offer-state"),
    )

    def rows(self) -> QuerySet[RoleOffer]:
        return ROLE_OFFER_LIFE.visible(self.reader.person, self.reader.day)
