"""One path a view. Codes of provinces hold a dash (TH-74)."""

from django.urls import path

from esar.platform.ui.export_path import export_path
from esar.show.public import late, summary, views, years

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("rules/", views.rules_now, name="rules-now"),
    path("rules/<int:year>/", views.rules, name="rules"),
    path("rules/<int:year>/late/", late.late, name="late"),
    path("rules/<int:year>/assumptions/", views.assumptions, name="assumptions"),
    path("years/", years.years, name="years"),
    path("years/<int:year>/", years.year, name="year"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:code>/", views.agency, name="agency"),
    path("agencies/<slug:code>/history/", years.history, name="history"),
    path("agencies/<slug:code>/history/history.csv", years.history_csv, name="history-csv"),
    path("results/", views.newest_results, name="newest-results"),
    path("results/<int:year>/data/", views.data, name="data"),
    path("results/<int:year>/<slug:round_id>/", views.results, name="results"),
    path("results/<int:year>/data/package.zip", views.data_package, name="data-package"),
    path("results/<int:year>/<slug:round_id>/overview/", views.overview, name="overview"),
    path("results/<int:year>/<slug:round_id>/summary/", summary.summary, name="summary"),
    export_path(
        "results/<int:year>/<slug:round_id>/results", views.results_export, name="results-export"
    ),
    path("results/<int:year>/<slug:round_id>/<slug:code>/", views.scorecard, name="scorecard"),
    path(
        "results/<int:year>/<slug:round_id>/<slug:code>/explanation/",
        views.explanation,
        name="explanation",
    ),
    path(
        "results/<int:year>/<slug:round_id>/<slug:code>/score.json",
        views.scorecard_json,
        name="scorecard-json",
    ),
    path("results/<int:year>/<slug:round_id>/<slug:code>/compare/", views.compare, name="compare"),
    path(
        "results/<int:year>/<slug:round_id>/<slug:code>/evidence/<slug:sha256>/",
        views.public_evidence,
        name="public-evidence",
    ),
    path("healthz", views.healthz, name="healthz"),
]
