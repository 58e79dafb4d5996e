"""Make the first administrator, who invites everyone else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from esar.kernel.problems import Refused
from esar.kernel.wording import both, problem_words
from esar.platform.organisations.actions import first_administrator, invitation_token


class Command(BaseCommand):
    help = both("cli.help.make_the_first_administrator")

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            administrator = first_administrator(
                options["email"], options["name"], at=now, on=timezone.localdate(now)
            )
        except Refused as refused:
            sentences = [
                problem_words(one, lang) for one in refused.problems for lang in ("th", "en")
            ]
            raise CommandError(" / ".join(sentences)) from refused
        path = reverse("organisations:invitation", args=[invitation_token(administrator)])
        self.stdout.write(f"{both('command.set_password_at')} {settings.SITE_ADDRESS}{path}")
