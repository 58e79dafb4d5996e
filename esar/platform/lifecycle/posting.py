"""The one door of moves: what a button of a page sends becomes a move of its life."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from esar.platform.lifecycle.life import Act, Life, Thing
from esar.platform.ui import clock


def post_move(
    request: HttpRequest,
    life: Life[Thing],
    thing: Thing,
    name: str,
    *,
    reason: str | None = None,
    **details: Any,
) -> Act[Thing]:
    """Make the move that was pressed, on what its page showed. Errors: Http404, Refused.

    `reason` is that of a form of its own; without one it is the field beside the button.
    """
    move = life.moves.get(name)
    if move is None or not move.has_button:
        raise Http404
    person: Any = request.user
    return life.move(
        thing,
        name,
        by=person,
        at=clock.now(),
        on=clock.today(),
        reason=(request.POST.get("reason", "") if reason is None else reason)[: life.max_reason],
        seen=request.POST.get("seen", ""),
        **details,
    )
