"""One path a view, the list and the buttons."""

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.organisations.models import Role
from esar.platform.role_offers import views
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.lists import views as lists
from esar.platform.role_offers.lists.tables import PostList
from esar.platform.role_offers.tables import RoleOfferList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "role_offers"
LOOKS_AFTER = signed_in(Role.ADMINISTRATOR, Role.ANALYST, Role.AUDITOR)

urlpatterns = [
    path("people/invite/", views.invite, name="invite"),
    path("people/list/", lists.people_list, name="people-list"),
    path("people/send-again/", lists.send_again, name="send-again"),
    path("people/<int:pk>/send-again/", lists.send_again_to, name="send-again-to"),
    path("people/<int:pk>/withdraw/", lists.withdraw, name="invitation-withdraw"),
    *list_paths(
        "people/by-body/", PostList, LOOKS_AFTER, name="by-body", file="people/by-body/list"
    ),
    path("account/delegate/<int:appointment>/", views.delegate, name="delegate"),
    path("account/roles/<int:appointment>/lay-down/", views.lay_down, name="lay-down"),
    path("account/delegations/<int:delegation>/end/", views.delegation_end, name="delegation-end"),
    *list_paths(
        "role-offers/", RoleOfferList, signed_in(), name="role-offers", file="role-offers/list"
    ),
    path("role-offers/<int:pk>/", views.role_offer, name="role-offer"),
    move_path("role-offers/<int:pk>/move/", ROLE_OFFER_LIFE, signed_in()),
]
