"""One path a view, the list and the buttons."""

from django.urls import path

from esar.platform.dual_control import views
from esar.platform.dual_control.life import DUAL_LIFE
from esar.platform.dual_control.tables import DualActList
from esar.platform.lifecycle.posting import move_path
from esar.platform.organisations.models import Role
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "dual_control"
SEE_ALL = signed_in(Role.ADMINISTRATOR, Role.AUDITOR)

urlpatterns = [
    *list_paths("dual-acts/", DualActList, SEE_ALL, name="duals", file="dual-acts/list"),
    path("people/<int:pk>/dual-act/", views.ask, name="dual-new"),
    path("dual-acts/<int:pk>/", views.dual, name="dual"),
    move_path("dual-acts/<int:pk>/move/", DUAL_LIFE, signed_in()),
]
