"""The one door of moves: the buttons of a page, and what they send becomes a move of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from esar.platform.history.queries import timeline
from esar.platform.lifecycle.life import Act, Life, Thing
from esar.platform.ui import clock
from esar.platform.ui.export_path import Door
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import action_code


def possible(request: HttpRequest, life: Life[Thing], thing: Thing) -> dict[str, Any]:
    """What the page of a thing has of its life: buttons, the token of what it shows, history."""
    return {
        "moves": life.possible_moves(request.user, thing, clock.today()),
        "seen": life.seen(thing),
        "events": timeline(thing),
    }


def thing_or_404(request: HttpRequest, life: Life[Thing], pk: int) -> Thing:
    """The thing that an address names, where the life says who sees it."""
    subject: Thing = get_object_or_404(life.visible(request.user, clock.today()), pk=pk)
    return subject


def move_path(
    route: str,
    life: Life[Any],
    door: Door,
    *,
    find: Callable[[HttpRequest, int], Any] | None = None,
    only: tuple[str, ...] = (),
    sentence: str = "page.moved",
) -> URLPattern:
    """Where the buttons of a thing's page post to: it moves, and its page is shown again.

    `find` gives the thing where others see it than `Life.visible` says; `only` are the moves that a
    bare button makes, where some have a form of their own. `sentence` is the code of what is told,
    with {name} for the move's name. Its address is called as the page's, with -move.
    """

    @door
    @require_POST
    def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        subject = find(request, pk) if find else thing_or_404(request, life, pk)
        if only and name not in only:
            raise Http404
        post_move(request, life, subject, name)
        words = action_code(name, life.action_words)
        tell(request, sentence.format(name=name), action=words)
        return redirect(life.address(subject))

    return path(f"{route}<slug:name>/", move_one, name=life.move_page.partition(":")[2])


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
