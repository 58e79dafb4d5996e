"""One path a view, and the buttons of a request."""

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.show.privacy import views
from esar.show.privacy.life import CORRECTION_LIFE
from esar.show.privacy.tables import CorrectionList

app_name = "privacy"

urlpatterns = [
    path("privacy/", views.notice, name="notice"),
    path("account/copy.json", views.copy, name="copy"),
    path("account/correction/", views.ask, name="ask"),
    *list_paths("corrections/", CorrectionList, signed_in(), name="corrections"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    move_path("corrections/<int:pk>/move/", CORRECTION_LIFE, signed_in()),
]
