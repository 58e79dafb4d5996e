"""One path a view. Codes of provinces hold a dash (TH-74)."""

from django.urls import path

from esar.platform.ui.doors import open_to_all
from esar.platform.ui.export_path import export_path, list_paths
from esar.show.public import views
from esar.show.public.agendas import views as agenda_views
from esar.show.public.agendas.tables import HolderList, SubIndicatorList
from esar.show.public.beside import views as beside_views
from esar.show.public.history import views as history_views
from esar.show.public.hub import views as hub_views
from esar.show.public.late import views as late_views
from esar.show.public.log import views as log_views
from esar.show.public.measures import views as measure_views
from esar.show.public.standings import views as standing_views
from esar.show.public.summary import views as summary_views
from esar.show.public.years import views as year_views

app_name = "public"

urlpatterns = [
    path("", standing_views.home, name="home"),
    path("departments/", standing_views.home, {"bodies": "department"}, name="home-of-departments"),
    path("about/", views.about, name="about"),
    path("find/", standing_views.find, name="find"),
    path("ranking/", standing_views.ranking_now, name="ranking-now"),
    path(
        "ranking/<int:year>/<slug:round_id>/<slug:bodies>/", standing_views.ranking, name="ranking"
    ),
    export_path(
        "ranking/<int:year>/<slug:round_id>/<slug:bodies>/ranking",
        standing_views.ranking_export,
        name="ranking-export",
    ),
    path(
        "ranking/<int:year>/<slug:round_id>/<slug:bodies>/<slug:name>.csv",
        standing_views.chart_csv,
        name="chart-csv",
    ),
    path("explore/", measure_views.explore_now, name="explore-now"),
    path("explore/<int:year>/<slug:round_id>/", measure_views.measures, name="measures"),
    export_path(
        "explore/<int:year>/<slug:round_id>/kpis",
        measure_views.measures_export,
        name="measures-export",
    ),
    path("explore/<int:year>/<slug:round_id>/<slug:key>/", measure_views.measure, name="measure"),
    path(
        "explore/<int:year>/<slug:round_id>/<slug:key>/holders.csv",
        measure_views.holders_csv,
        name="measure-csv",
    ),
    path(
        "explore/<int:year>/<slug:round_id>/<slug:key>/embed/",
        measure_views.embedded,
        name="measure-embedded",
    ),
    path("compare/", beside_views.compare_now, name="beside-now"),
    path("compare/<int:year>/<slug:round_id>/<str:codes>/", beside_views.compare, name="beside"),
    path("rules/", views.rules_now, name="rules-now"),
    path("rules/<int:year>/", views.rules, name="rules"),
    path("rules/<int:year>/late/", late_views.late, name="late"),
    path("rules/<int:year>/assumptions/", views.assumptions, name="assumptions"),
    path("years/", year_views.years, name="years"),
    path("years/<int:year>/", year_views.year, name="year"),
    path("agendas/", agenda_views.newest, name="newest-agendas"),
    path("agendas/<int:year>/", agenda_views.agendas, name="agendas"),
    path("agendas/<int:year>/<slug:code>/", agenda_views.agenda, name="agenda"),
    *list_paths(
        "sub-indicators/",
        SubIndicatorList,
        open_to_all,
        name="sub-indicators",
        file="sub-indicators/sub-indicators",
    ),
    path("sub-indicators/<int:pk>/", agenda_views.sub_indicator, name="sub-indicator"),
    *list_paths("joint-kpis/", HolderList, open_to_all, name="holders", file="joint-kpis/holders"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:code>/", hub_views.agency, name="agency"),
    path("agencies/<slug:code>/history/", history_views.history, name="history"),
    path("agencies/<slug:code>/history/history.csv", history_views.history_csv, name="history-csv"),
    path("results/", views.newest_results, name="newest-results"),
    path("results/<int:year>/data/", views.data, name="data"),
    path("results/<int:year>/<slug:round_id>/", views.results, name="results"),
    path("results/<int:year>/data/package.zip", views.data_package, name="data-package"),
    path("results/<int:year>/<slug:round_id>/overview/", views.overview, name="overview"),
    path("results/<int:year>/<slug:round_id>/summary/", summary_views.summary, name="summary"),
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
    path(
        "results/<int:year>/<slug:round_id>/<slug:code>/kpis.csv",
        views.scorecard_csv,
        name="scorecard-csv",
    ),
    path("results/<int:year>/<slug:round_id>/<slug:code>/compare/", views.compare, name="compare"),
    path(
        "results/<int:year>/<slug:round_id>/<slug:code>/evidence/<slug:sha256>/",
        views.public_evidence,
        name="public-evidence",
    ),
    path("log/", log_views.log, name="log"),
    path("log/checkpoint", log_views.checkpoint, name="checkpoint"),
    path("log/checkpoints/<int:size>", log_views.older_checkpoint, name="older-checkpoint"),
    path("log/checkpoints/<int:size>.tsr", log_views.stamp, name="stamp"),
    path("log/events/<int:number>/proof.json", log_views.event_proof, name="event-proof"),
    path("log/agencies/<slug:code>/proof.json", log_views.body_proof, name="body-proof"),
    path("healthz", views.healthz, name="healthz"),
]
