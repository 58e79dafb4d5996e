"""One path a view: those of a small life, and the board."""

from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths
from esar.report.follow_ups.tables import Board
from esar.report.follow_ups.views import FollowUpPages

app_name = "follow_ups"
SEES = signed_in(Role.REPORTER, Role.APPROVER, Role.SECRETARY, Role.MEMBER, *OF_OPDC)
urlpatterns = [
    *FollowUpPages.paths("follow-ups/", SEES),
    *list_paths("agenda-board/", Board, SEES, name="board", file="agenda-board/board"),
]
