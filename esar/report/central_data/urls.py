"""One path a view."""

from django.urls import path

from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import export_path, list_paths
from esar.report.central_data import views
from esar.report.central_data.data_sets import views as set_views
from esar.report.central_data.objections import views as objection_views
from esar.report.central_data.tables import ObjectionList, ValueList

app_name = "central_data"

SET = "central/sets/<int:year>/<slug:round_id>/<str:code>/"

urlpatterns = [
    *list_paths(
        "central/", ValueList, signed_in(*views.SEES), name="central", file="central/values"
    ),
    path("central/values/<int:pk>/", views.value, name="central-value"),
    path("central/values/<int:pk>/object/", objection_views.ask, name="central-object"),
    *list_paths(
        "central/objections/", ObjectionList, signed_in(*views.SEES), name="central-objections"
    ),
    path("central/objections/<int:pk>/", objection_views.objection, name="central-objection"),
    path("central/objections/<int:pk>/decide/", objection_views.decide_one, name="central-decide"),
    path(
        "central/objections/<int:pk>/withdraw/",
        objection_views.take_back,
        name="central-withdraw",
    ),
    path("central/sets/", set_views.sets, name="central-sets"),
    path(SET, set_views.one_set, name="central-set"),
    export_path(f"{SET}values", set_views.set_export, name="central-set-export"),
    path(f"{SET}template/", set_views.template, name="central-template"),
    path(f"{SET}upload/", set_views.upload, name="central-upload"),
    path("central/deliveries/<int:pk>/", set_views.delivery, name="central-delivery"),
    path("central/deliveries/<int:pk>/publish/", set_views.publish, name="central-publish"),
    path("central/deliveries/<int:pk>/discard/", set_views.discard, name="central-discard"),
]
