"""Take away a lost second step where no two administrators are left to do it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esar.kernel.wording import both
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.notices.queries import ALWAYS_MAILED
from esar.platform.organisations.models import Person


class Command(BaseCommand):
    help = both("cli.help.forget_second_step")

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"]).first()
        steps = Authenticator.objects.filter(user=person)
        if person is None or not steps.exists():
            raise CommandError(both("command.no_second_step"))
        steps.delete()
        at = timezone.now()
        record("person.second_step_reset", person, by=None, at=at)
        code = f"{ALWAYS_MAILED}second_step_approve"
        key = f"{code}:{at.isoformat()}"
        tell([person], code, path=reverse("mfa_index"), key=key, at=at, reason="")
