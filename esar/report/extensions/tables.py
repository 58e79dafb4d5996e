"""Requests for later days: what they say, in their list and on their pages."""

from typing import Any

from esar.platform.calendars.forms import LaterDayForm
from esar.platform.calendars.queries import entry
from esar.platform.lifecycle.pages import LifePages, Said
from esar.platform.ui.templatetags.words import day, words
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.extensions.models import ExtensionRequest


def entry_words(request: ExtensionRequest) -> Any:
    bound = entry(request.fiscal_year, request.rule_id, request.body)
    return words(bound.label) if bound else request.rule_id


class ExtensionPages(LifePages[ExtensionRequest]):
    """Written by a body's reporter, read by the body and OPDC."""

    life, form = EXTENSION_LIFE, LaterDayForm
    says = (
        Said("fiscal_year"),
        Said("entry", "rule_id", whole=entry_words),
        Said("last_day", as_=day, listed=True),
        Said("reason"),
    )
