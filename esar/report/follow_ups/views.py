"""The pages of what leads told: those of a small life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from esar.agree.agendas.queries import agenda_of
from esar.platform.lifecycle.pages import LifePages, Said
from esar.platform.organisations.queries import bodies_with
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.templatetags.words import name_of, words
from esar.platform.ui.year import chosen_year
from esar.report.follow_ups.forms import FollowUpForm
from esar.report.follow_ups.life import FOLLOW_UP_LIFE
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.queries import led_by


def agenda_label(follow_up: FollowUp) -> str:
    rule = agenda_of(follow_up.fiscal_year, follow_up.agenda)
    return words(rule.label) if rule else follow_up.agenda


def stage_lines(follow_up: FollowUp) -> SafeString:
    """How each stage goes."""
    rule = agenda_of(follow_up.fiscal_year, follow_up.agenda)
    names = {item.id: words(item.label) for item in rule.value.stages} if rule else {}
    lines = [
        (names.get(stage["id"], stage["id"]), _(f"stage-state.{stage['state']}"))
        for stage in follow_up.stages
        if stage["state"]
    ]
    return format_html_join("", "<div>{}: <strong>{}</strong></div>", lines)


class FollowUpPages(LifePages[FollowUp]):
    """Written by a lead's reporter, read by the lead, the working group and OPDC."""

    life, form = FOLLOW_UP_LIFE, FollowUpForm
    says = (
        Said("fiscal_year"),
        Said("agenda", whole=agenda_label, listed=True),
        Said("quarter", listed=True),
        Said("stages", whole=stage_lines),
        Said("obstacle"),
        Said("proposal"),
        Said("advice"),
    )

    def begins(self) -> Iterator[tuple[Any, str]]:
        """The board for all who come here; a new one for those whose body leads an agenda."""
        yield _("page.follow_up_board"), reverse("follow_ups:board")
        year = chosen_year(self.request)
        bodies = bodies_with(
            self.reader.person, self.reader.day, *FOLLOW_UP_LIFE.moves["begin"].roles
        )
        for body in bodies:
            if led_by(body, year):
                address = reverse("follow_ups:follow-up-new", args=[body.code, year])
                yield self.new_words(name_of(body), year), address
