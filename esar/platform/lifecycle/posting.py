"""The one door of moves: the buttons of a page, and what they send becomes a move of its life."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from esar.platform.history.queries import timeline
from esar.platform.lifecycle.life import Act, Life, Thing
from esar.platform.ui import clock
from esar.platform.ui.lists import text_of


def possible(request: HttpRequest, life: Life[Thing], thing: Thing) -> dict[str, Any]:
    """What the page of a thing has of its life: buttons, the token of what it shows, history."""
    return {
        "moves": life.possible_moves(request.user, thing, clock.today()),
        "seen": life.seen(thing),
        "events": timeline(thing),
    }


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

    `reason` is that of a form of its own, which knows how long it may be; without one it is the
    field beside the button.
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
        reason=text_of(request, "reason", life.max_reason) if reason is None else reason,
        seen=request.POST.get("seen", ""),
        **details,
    )
