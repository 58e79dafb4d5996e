"""One path a view."""

from django.urls import path

from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.report.reports import evidence_views, views
from esar.report.reports.tables import ReportList

app_name = "reports"

CLAIM = "reports/<int:pk>/kpis/<str:number>/"
FILE = "reports/<int:pk>/evidence/<int:attachment>/"

urlpatterns = [
    *list_paths("reports/", ReportList, signed_in(), name="reports", file="reports/reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/move/<slug:name>/", views.move_one, name="report-move"),
    path("reports/<int:pk>/check/<slug:name>/", views.check_answers, name="report-check"),
    path("reports/<int:pk>/receipt/", views.receipt, name="report-receipt"),
    path("reports/<int:pk>/card/", views.sar_card, name="report-card"),
    path("reports/<int:pk>/versions/<int:number>/", views.version, name="report-version"),
    path("reports/<int:pk>/pack/", evidence_views.ask_pack, name="pack-ask"),
    path("reports/<int:pk>/pack/<int:pack>/", evidence_views.fetch_pack, name="pack"),
    path(CLAIM, views.claim, name="report-claim"),
    path(f"{CLAIM}months/", views.save_months, name="report-months"),
    path(f"{CLAIM}uploads/", evidence_views.begin_upload, name="upload-begin"),
    path(f"{CLAIM}uploads/<slug:token>/", evidence_views.upload_part, name="upload-part"),
    path(FILE, evidence_views.download, name="evidence"),
    path(f"{FILE}preview/", evidence_views.preview, name="evidence-preview"),
    path(f"{FILE}preview/<int:page>.png", evidence_views.preview_page, name="evidence-page"),
    path(f"{FILE}<slug:what>/", evidence_views.change_attachment, name="evidence-change"),
]
