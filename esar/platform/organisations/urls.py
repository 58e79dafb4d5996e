"""One path a view."""

from django.urls import path

from esar.platform.organisations import views

app_name = "organisations"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/office-holders/", views.office_holders, name="office-holders"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/close/", views.close, name="person-close"),
    path("people/<int:pk>/roles/<int:appointment>/end/", views.end_role, name="role-end"),
    path("account/", views.account, name="account"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("agencies/<slug:code>/office/", views.office, name="office"),
]
