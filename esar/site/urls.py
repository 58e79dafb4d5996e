"""The site's addresses: the public pages, those of people who work here, and signing in."""

from django.urls import include, path

urlpatterns = [
    path("", include("esar.publishing.urls")),
    path("", include("esar.web.urls")),
    path("", include("esar.organisations.urls")),
    path("", include("esar.calendars.urls")),
    path("", include("esar.scorecards.urls")),
    path("", include("esar.committees.urls")),
    path("", include("esar.letters.urls")),
    path("", include("esar.plans.urls")),
    path("", include("esar.plan_reports.urls")),
    path("", include("esar.central.urls")),
    path("", include("esar.reports.urls")),
    path("", include("esar.assessments.urls")),
    path("", include("esar.results.urls")),
    path("", include("esar.appeals.urls")),
    path("", include("esar.early_warning.urls")),
    path("", include("esar.desk.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]

handler400 = "esar.web.views.bad_request"
handler404 = "esar.web.views.not_found"
handler500 = "esar.web.views.server_error"
