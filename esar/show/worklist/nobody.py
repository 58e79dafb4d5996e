"""What waits for somebody else where there is nobody else: on the desk of those who appoint.

Who wrote, sent or recorded a thing does not decide on it, nor does who has an interest in its
body. Where that is everybody who has the role, it waits until another person has it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import JSONField
from django.utils.translation import get_language

from esar.kernel.wording import Word, say
from esar.platform.history.models import Event
from esar.platform.lifecycle.life import Life, every_life
from esar.platform.lifecycle.moves import OwnWork
from esar.platform.organisations.models import OF_A_BODY, Appointment, Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui.templatetags.words import name_of
from esar.show.worklist.work import Work

MOST = 20  # lines on a desk


def work_for_nobody(day: date) -> list[Work]:
    """A line for each thing that nobody may move on, with the roles that one more must have."""
    lines = (
        _line(life, thing, names)
        for life in every_life().values()
        for thing, names in stuck(life, day)
    )
    return [line for line, _ in zip(lines, range(MOST), strict=False)]


def stuck(life: Life[Any], day: date) -> Iterator[tuple[Any, list[str]]]:
    """The things of a life that wait for a move which nobody may make, with those moves.

    A few queries, and some more for each thing that one of those with the role had in hand or has
    to do with: every other thing has somebody.
    """
    moves = _deciding(life)
    roles = {role for names in moves.values() for name in names for role in life.moves[name].roles}
    if not roles:
        return
    people = list(people_with(day, *roles))
    json = [each.name for each in life.model._meta.concrete_fields if isinstance(each, JSONField)]
    rows: Any = life.model._default_manager.filter(state__in=moves).select_related(*life.related)
    waiting: list[Any] = list(rows.defer(*json))
    for subject in _in_question(life, waiting, people) if people else waiting:
        names = moves[subject.state]
        if not any(life.could(person, subject, name, day) for person in people for name in names):
            yield subject, names


def _deciding(life: Life[Any]) -> dict[str, list[str]]:
    """State → the moves from it that are kept from whoever's own work it is.

    Where there is one that needs no reason, a thing waits for that, not for its return.
    """
    moves: dict[str, list[str]] = defaultdict(list)
    roles = set(Role.values)
    for name, move in life.moves.items():
        if move.has_button and move.own_work != OwnWork.ALLOWED and set(move.roles) <= roles:
            for state in move.sources:
                moves[state].append(name)
    onwards = {
        state: [name for name in names if not life.moves[name].needs_reason]
        for state, names in moves.items()
    }
    return {state: onwards[state] or names for state, names in moves.items()}


def _in_question(life: Life[Any], waiting: Collection[Any], people: list[Person]) -> list[Any]:
    """The things that one of some people had a hand in, or whose body is or was theirs."""
    subjects = {thing.pk: _subjects(life, thing) for thing in waiting}
    ids = {pk for pairs in subjects.values() for _, pk in pairs}
    touched = set(
        Event.objects.filter(actor_id__in=[person.pk for person in people], subject_id__in=ids)
        .values_list("subject_kind", "subject_id")
        .distinct()
    )
    roles = Appointment.objects.filter(person__in=people, role__in=OF_A_BODY)
    bodies = set(roles.values_list("body", flat=True))
    return [
        thing
        for thing in waiting
        if touched & subjects[thing.pk]
        or any(body.pk in bodies for body in life.decided_about(thing))
    ]


def _subjects(life: Life[Any], thing: Any) -> set[tuple[str, str]]:
    """What the history tells a thing's moves of, and those of the work that it judges."""
    life_of_work, work = life.whose_work(thing)
    rows = (life.recorded_on(thing), life_of_work.recorded_on(work))
    return {(str(row._meta.model_name), str(row.pk)) for row in rows}


def _line(life: Life[Any], thing: Any, names: list[str]) -> Work:
    roles = dict.fromkeys(role for name in names for role in life.moves[name].roles)
    body = life.body_of(thing)
    figures = {
        "what": name_of(body) if body else str(thing),
        "state": Word(f"{life.state_words}.{thing.state}"),
        "roles": tuple(Word(f"role.{role}") for role in roles),
    }
    title = say("work.nobody_may", figures, get_language() or "th")
    return Work(title, life.address(thing), "page.nobody_else", None)
