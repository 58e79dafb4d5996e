"""Write docs/reference/roles.md and routes.md from the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from esar.kernel.wording import both
from esar.operations.reference import roles_document, routes_document


class Command(BaseCommand):
    help = both("cli.help.write_the_reference_tables")

    def handle(self, *_args: Any, **_options: Any) -> None:
        folder = settings.ROOT / "docs" / "reference"
        (folder / "roles.md").write_text(roles_document(), "utf-8")
        (folder / "routes.md").write_text(routes_document(), "utf-8")
