"""One path a view."""

from django.urls import path

from esar.agree.committees import order_views, views
from esar.agree.committees.tables import CommitteeList, SittingList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "committees"

urlpatterns = [
    *list_paths(
        "committees/",
        CommitteeList,
        signed_in(*views.SITS),
        name="committees",
        file="committees/committees",
    ),
    path("committees/<str:code>/", views.committee, name="committee"),
    path("committees/<str:code>/orders/new/", order_views.new, name="order-new"),
    path("committees/<str:code>/orders/<int:pk>/", order_views.file, name="order-file"),
    *list_paths("sittings/", SittingList, signed_in(), name="sittings", file="sittings/sittings"),
    path("sittings/<int:pk>/", views.sitting, name="sitting"),
    path("sittings/<int:pk>/agenda/", views.agenda, name="sitting-agenda"),
    path("sittings/<int:pk>/agenda/<int:item>/", views.agenda_item, name="agenda-item"),
    path("sittings/<int:pk>/agenda/<int:item>/take-off/", views.take_off, name="agenda-take-off"),
    path("sittings/<int:pk>/attendance/", views.attendance, name="sitting-attendance"),
    path("sittings/<int:pk>/guest/", views.guest, name="sitting-guest"),
    path("sittings/<int:pk>/resolve/", views.resolve, name="sitting-resolve"),
    path("sittings/<int:pk>/move/<slug:name>/", views.move_one, name="sitting-move"),
]
