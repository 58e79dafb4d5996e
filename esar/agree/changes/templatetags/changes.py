"""What other pages show of change requests."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import QuerySet

from esar.agree.changes import queries
from esar.agree.changes.achieved import words_of
from esar.agree.changes.frozen import KnownFigure
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.models import Scorecard
from esar.kernel.wording import Phrase
from esar.platform.ui import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def changes_of(context: dict[str, Any], scorecard: Scorecard) -> QuerySet[ChangeRequest]:
    """The requests of a scorecard that the reader may see. One query."""
    return queries.changes_of(scorecard, context["request"].user, clock.today())


@register.filter
def known_words(change: ChangeRequest) -> list[Phrase]:
    """What months, reports and assessments said of the KPI when the change was asked for."""
    return [words_of(KnownFigure.from_json(figure)) for figure in change.known]
