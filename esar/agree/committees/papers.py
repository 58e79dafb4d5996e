"""The life of a paper before a committee: what an app downstream says of each kind of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse

from esar.agree.committees.models import AgendaItem, Paper
from esar.kernel.problems import Problem
from esar.platform.lifecycle.life import Life
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds


class PaperLife(Life[Paper]):
    """A kind of paper; its moves are what a committee may resolve on it.

    `content` is what a resolution binds, and `decided_about` whose people leave. `row` is the
    template that shows it on the page of a sitting, from `shown`.
    """

    model, related, body_at = Paper, ("committee",), ""
    row: ClassVar[str]
    wrong_state = already_moved = "sitting.item_carried_out"

    def title(self, paper: Paper) -> str:
        """What an item with it is called: names alone, the same in both languages."""
        raise NotImplementedError

    def shown(self, paper: Paper) -> Any:
        """What its template shows beside the content that lies on the table."""
        raise NotImplementedError

    def findings(self, paper: Paper) -> Iterator[Problem]:
        """What the committee should look at again."""
        raise NotImplementedError

    def outcomes(self, paper: Paper) -> tuple[str, ...]:
        """What may come of it now."""
        return tuple(name for name, move in self.moves.items() if paper.state in move.sources)

    def address(self, thing: Paper) -> str:
        """The page of the sitting that has it before it. One query."""
        item = AgendaItem.objects.get(paper=thing)
        return reverse("committees:sitting", args=[item.sitting_id])

    def has_role(self, person: Any, role: str, thing: Paper, day: date) -> bool:
        return role == Role.SECRETARY and holds(person, day, role, committee=thing.committee_id)
