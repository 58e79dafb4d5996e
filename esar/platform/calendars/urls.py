"""One path a view."""

from django.urls import path

from esar.platform.calendars import views

app_name = "calendars"

urlpatterns = [
    path("calendar/", views.calendars, name="calendars"),
    path("calendar/<int:year>/", views.calendar, name="calendar"),
    path("calendar/<int:year>/calendar.ics", views.calendar_ics, name="calendar-ics"),
    path("calendar/<int:year>/extend/", views.extension, name="calendar-extend"),
    path(
        "calendar/<int:year>/extensions/<int:pk>/withdraw/",
        views.withdrawal,
        name="extension-withdraw",
    ),
]
