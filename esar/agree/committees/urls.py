"""One path a view."""

from django.urls import path

from esar.agree.committees import views
from esar.platform.ui.export_path import export_path

app_name = "committees"

urlpatterns = [
    path("committees/", views.committees, name="committees"),
    export_path("committees/committees", views.committees_export, name="committees-export"),
    path("committees/<str:code>/", views.committee, name="committee"),
    path("sittings/", views.sittings, name="sittings"),
    export_path("sittings/sittings", views.sittings_export, name="sittings-export"),
    path("sittings/<int:pk>/", views.sitting, name="sitting"),
    path("sittings/<int:pk>/agenda/", views.agenda, name="sitting-agenda"),
    path("sittings/<int:pk>/agenda/<int:item>/", views.agenda_item, name="agenda-item"),
    path("sittings/<int:pk>/agenda/<int:item>/take-off/", views.take_off, name="agenda-take-off"),
    path("sittings/<int:pk>/attendance/", views.attendance, name="sitting-attendance"),
    path("sittings/<int:pk>/guest/", views.guest, name="sitting-guest"),
    path("sittings/<int:pk>/resolve/", views.resolve, name="sitting-resolve"),
    path("sittings/<int:pk>/move/<slug:name>/", views.move_one, name="sitting-move"),
]
