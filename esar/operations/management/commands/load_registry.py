"""Load the registry of bodies and committees, and OPDC's list of indicators; again is harmless."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from esar.agree.indicators.actions import load_listed_indicators
from esar.kernel.problems import Refused
from esar.kernel.wording import both, problem_sentence
from esar.platform.organisations.registry import load_registry
from esar.platform.ui import books


class Command(BaseCommand):
    help = both("cli.help.load_the_registry_and_the")

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = load_registry(settings.REGISTRY, at=timezone.now())
        except Refused as refused:
            sentences = [
                problem_sentence(problem, language)
                for problem in refused.problems
                for language in ("th", "en")
            ]
            raise CommandError("\n".join(sentences)) from refused
        indicators = sum(load_listed_indicators(year, at=timezone.now()) for year in books.years())
        self.stdout.write(
            both(
                "command.registry_loaded",
                all=loaded.all,
                new=loaded.new,
                changed=loaded.changed,
                indicators=indicators,
            )
        )
