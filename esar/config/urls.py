"""The site's addresses: the public pages, those of people who work here, and signing in."""

from django.urls import include, path

urlpatterns = [
    path("", include("esar.show.public.urls")),
    path("", include("esar.platform.ui.urls")),
    path("", include("esar.platform.organisations.urls")),
    path("", include("esar.platform.security.urls")),
    path("", include("esar.platform.dual_control.urls")),
    path("", include("esar.platform.role_offers.urls")),
    path("", include("esar.platform.calendars.urls")),
    path("", include("esar.agree.agendas.urls")),
    path("", include("esar.agree.indexes.urls")),
    path("", include("esar.agree.scorecards.urls")),
    path("", include("esar.agree.changes.urls")),
    path("", include("esar.agree.agreements.urls")),
    path("", include("esar.agree.kpi_definitions.urls")),
    path("", include("esar.agree.province_kpis.urls")),
    path("", include("esar.agree.library.urls")),
    path("", include("esar.agree.committees.urls")),
    path("", include("esar.agree.strategic_kpis.urls")),
    path("", include("esar.report.letters.urls")),
    path("", include("esar.report.extensions.urls")),
    path("", include("esar.report.follow_ups.urls")),
    path("", include("esar.report.outside_results.urls")),
    path("", include("esar.report.self_evaluations.urls")),
    path("", include("esar.report.activity_plans.urls")),
    path("", include("esar.report.activity_plans.monthly.urls")),
    path("", include("esar.report.central_data.urls")),
    path("", include("esar.report.reports.urls")),
    path("", include("esar.judge.assessments.urls")),
    path("", include("esar.judge.results.urls")),
    path("", include("esar.judge.appeals.urls")),
    path("", include("esar.judge.early_warning.urls")),
    path("", include("esar.show.nation.urls")),
    path("", include("esar.show.worklist.urls")),
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
