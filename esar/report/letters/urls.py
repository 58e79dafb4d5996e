"""One path a view."""

from __future__ import annotations

from django.urls import path

from esar.platform.lifecycle.posting import move_path
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import export_path, list_paths
from esar.report.letters import views
from esar.report.letters.drafts import views as writing_views
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.receipts import views as link_views
from esar.report.letters.tables import LetterList

app_name = "letters"

ONE = "letters/<int:pk>/"
RECIPIENT = f"{ONE}recipients/<int:recipient>/"

urlpatterns = [
    *list_paths(
        "letters/", LetterList, signed_in(*views.SEES), name="letters", file="letters/letters"
    ),
    path("letters/new/", writing_views.new, name="letter-new"),
    path("letters/receipt/<str:token>/", link_views.link, name="letter-link"),
    path(
        "letters/receipt/<str:token>/files/<int:enclosure>/",
        link_views.link_download,
        name="letter-link-file",
    ),
    path(ONE, views.letter, name="letter"),
    path(f"{ONE}print/", views.printed, name="letter-print"),
    export_path(f"{ONE}receipts", views.receipts_export, name="letter-receipts-export"),
    move_path(
        f"{ONE}move/",
        LETTER_LIFE,
        signed_in(*views.SENDERS),
        find=views.letter_or_404,
        sentence="page.letter_{name}_done",
    ),
    path(f"{ONE}remind/", views.remind, name="letter-remind"),
    path(f"{ONE}links/", views.links, name="letter-links"),
    path(f"{ONE}edit/", writing_views.edit, name="letter-edit"),
    path(f"{ONE}files/", writing_views.enclose, name="letter-enclose"),
    path(f"{ONE}files/<int:enclosure>/", views.download, name="letter-file"),
    path(f"{ONE}files/<int:enclosure>/remove/", writing_views.take_out, name="letter-take-out"),
    path(f"{ONE}recipients/", writing_views.recipients, name="letter-recipients"),
    path(f"{ONE}recipients/add/", writing_views.add_bodies, name="letter-add-bodies"),
    path(f"{RECIPIENT}remove/", writing_views.remove_recipient, name="letter-remove-recipient"),
    path(f"{RECIPIENT}receive/", views.receive, name="letter-receive"),
    path(f"{RECIPIENT}paper/", views.on_paper, name="letter-paper"),
]
