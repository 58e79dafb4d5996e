"""One path a view."""

from django.urls import path

from esar.platform.organisations import views
from esar.platform.organisations.tables import PortfolioList
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.export_path import list_paths

app_name = "organisations"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/office-holders/", views.office_holders, name="office-holders"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/close/", views.close, name="person-close"),
    path("people/<int:pk>/roles/<int:appointment>/end/", views.end_role, name="role-end"),
    *list_paths(
        "portfolios/",
        PortfolioList,
        open_to_all,
        name="portfolios",
        file="portfolios/portfolios",
    ),
    path("portfolios/new/", views.new_portfolio, name="portfolio-new"),
    path("portfolios/<int:pk>/order/", views.correct_order, name="portfolio-order"),
    path("account/", views.account, name="account"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("agencies/<slug:code>/office/", views.office, name="office"),
]
