"""The site's addresses: the public pages, those of people who work here, and signing in."""

from django.urls import include, path

from esar.platform.ui.books import reported_year
from esar.platform.ui.year_address import by_year

# What the public reads that is of no year, or of every one.
PUBLIC_OF_NO_YEAR = (
    "rules-now",
    "years",
    "history",
    "history-csv",
    "log",
    "checkpoint",
    "older-checkpoint",
    "stamp",
    "event-proof",
    "body-proof",
    "healthz",
)

urlpatterns = [
    by_year("esar.show.public.urls", outside=PUBLIC_OF_NO_YEAR),
    path("", include("esar.platform.ui.urls")),
    path("", include("esar.platform.organisations.urls")),
    path("", include("esar.platform.security.urls")),
    path("", include("esar.platform.dual_control.urls")),
    path("", include("esar.platform.role_offers.urls")),
    path("", include("esar.platform.calendars.urls")),
    by_year("esar.agree.agendas.urls"),
    by_year("esar.agree.indexes.urls"),
    by_year("esar.agree.scorecards.urls"),
    by_year("esar.agree.changes.urls"),
    by_year("esar.agree.agreements.urls"),
    by_year("esar.agree.kpi_definitions.urls"),
    by_year("esar.agree.province_kpis.urls"),
    by_year("esar.agree.library.urls"),
    by_year("esar.agree.committees.urls"),
    by_year("esar.agree.strategic_kpis.urls"),
    by_year("esar.report.letters.urls", outside=("letter-link", "letter-link-file")),
    by_year("esar.report.extensions.urls"),
    by_year("esar.report.follow_ups.urls"),
    by_year("esar.report.outside_results.urls"),
    by_year("esar.report.self_evaluations.urls"),
    by_year("esar.report.activity_plans.urls"),
    by_year("esar.report.activity_plans.monthly.urls"),
    by_year("esar.report.central_data.urls", default=reported_year),
    by_year("esar.report.reports.urls", default=reported_year),
    by_year("esar.judge.assessments.urls", default=reported_year),
    by_year("esar.judge.results.urls"),
    by_year("esar.judge.appeals.urls", default=reported_year),
    by_year("esar.judge.early_warning.urls", default=reported_year),
    by_year("esar.show.nation.urls"),
    by_year("esar.show.worklist.urls"),
    path("", include("esar.show.privacy.urls")),
    path("", include("esar.operations.urls")),
    path("", include("esar.demo.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]

handler400 = "esar.platform.ui.views.bad_request"
handler404 = "esar.platform.ui.views.not_found"
handler500 = "esar.platform.ui.views.server_error"
