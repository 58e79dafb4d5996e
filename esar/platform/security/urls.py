"""The addresses of the two lists."""

from esar.platform.organisations.models import Role
from esar.platform.security.tables import OwnSecurityList, SecurityList
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import list_paths

app_name = "security"

urlpatterns = [
    *list_paths(
        "security/",
        SecurityList,
        signed_in(Role.ADMINISTRATOR, Role.AUDITOR),
        name="events",
        file="security/list",
    ),
    *list_paths("account/security/", OwnSecurityList, signed_in(), name="own"),
]
