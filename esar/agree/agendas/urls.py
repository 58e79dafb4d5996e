"""One path a view."""

from django.urls import path

from esar.agree.agendas import views
from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.tables import AdditionList
from esar.platform.lifecycle.posting import move_path
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "agendas"
SEES = signed_in(*views.SEES)

urlpatterns = [
    path("sub-indicators/load/<int:year>/", views.load, name="load"),
    path("sub-indicators/<int:pk>/end/", views.end_sub, name="sub-indicator-end"),
    path("agendas/<int:year>/<slug:code>/main-value/", views.main_value, name="main-value"),
    path("joint-kpis/<int:pk>/kpi/", views.named_kpi, name="named-kpi"),
    *list_paths("additions/", AdditionList, SEES, name="additions", file="additions/additions"),
    path("additions/new/<int:year>/", views.new_addition, name="addition-new"),
    path("additions/<int:pk>/", views.addition, name="addition"),
    move_path("additions/<int:pk>/move/", ADDITION_LIFE, SEES),
]
