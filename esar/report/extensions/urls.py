"""One path a view: those of every small life."""

from esar.platform.organisations.models import Role
from esar.platform.ui.doors import signed_in
from esar.report.extensions.tables import ExtensionPages

app_name = "extensions"
SEES = (Role.REPORTER, Role.APPROVER, Role.ADMINISTRATOR, Role.ANALYST, Role.AUDITOR)
urlpatterns = ExtensionPages.paths("extensions/", signed_in(*SEES))
