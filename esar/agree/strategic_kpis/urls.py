"""One path a view."""

from django.urls import path

from esar.agree.strategic_kpis import result_pages, views
from esar.agree.strategic_kpis.life import RESULT_FILES, STRATEGIC_LIFE
from esar.agree.strategic_kpis.states import OPDC
from esar.agree.strategic_kpis.tables import ResultBoard
from esar.platform.lifecycle.posting import move_path
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import export_path, list_paths

app_name = "strategic_kpis"
REPORTS = signed_in(Role.REPORTER, Role.APPROVER, *OF_OPDC)
RESULT = "strategic/results/<int:pk>/"

urlpatterns = [
    path("strategic/", views.register, name="strategics"),
    export_path("strategic/list", views.register_export, name="strategics-export"),
    path("strategic/load/", views.load, name="load"),
    path("strategic/new/", views.new, name="strategic-new"),
    path("strategic/moves/<slug:name>/", views.move_many, name="move-many"),
    path("strategic/hosts/<str:code>/", views.tree, name="tree"),
    path("strategic/sittings/<int:pk>/", views.sitting, name="sitting"),
    path("strategic/sittings/<int:pk>/<int:number>/", views.decide, name="decide"),
    path("strategic/sittings/<int:pk>/agenda/", views.put_before, name="put-before"),
    path("strategic/<int:pk>/", views.strategic, name="strategic"),
    path("strategic/<int:pk>/edit/", views.edit, name="strategic-edit"),
    move_path("strategic/<int:pk>/move/", STRATEGIC_LIFE, signed_in(*OPDC)),
    *list_paths(
        "strategic/board/", ResultBoard, signed_in(), name="board", file="strategic/board/list"
    ),
    *result_pages.StrategicResultPages.paths("strategic/results/", REPORTS),
    *RESULT_FILES.paths(RESULT, REPORTS),
]
