"""One path a view."""

from django.urls import path

from esar.agree.agreements import views

app_name = "agreements"

urlpatterns = [
    path("scorecards/<int:pk>/versions/<int:number>/", views.version, name="version"),
    path("scorecards/<int:pk>/signing/", views.signing, name="signing"),
    path("scorecards/<int:pk>/action-plan/", views.action_plan, name="action-plan"),
    path("agencies/<slug:code>/<int:year>/agreement/", views.agreement, name="agreement"),
]
