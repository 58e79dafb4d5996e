"""One path a view, the list and the buttons."""

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.role_offers import views
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.tables import RoleOfferList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "role_offers"

urlpatterns = [
    path("people/invite/", views.invite, name="invite"),
    path("account/delegate/<int:appointment>/", views.delegate, name="delegate"),
    path("account/roles/<int:appointment>/lay-down/", views.lay_down, name="lay-down"),
    path("account/delegations/<int:delegation>/end/", views.delegation_end, name="delegation-end"),
    *list_paths(
        "role-offers/", RoleOfferList, signed_in(), name="role-offers", file="role-offers/list"
    ),
    path("role-offers/<int:pk>/", views.role_offer, name="role-offer"),
    move_path("role-offers/<int:pk>/move/", ROLE_OFFER_LIFE, signed_in()),
]
