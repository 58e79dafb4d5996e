"""A thing is begun once: what is sent again, by a second press or in another tab, is that thing."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from esar.platform.organisations.models import Person

Begun = TypeVar("Begun", bound=Model)


def begun_already(queryset: QuerySet[Begun], *, by: Person, **words: Any) -> Begun | None:
    """The newest of a queryset that says exactly this, where there is one.

    To be asked inside the transaction that begins a thing: the presses of one person wait in line.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    return queryset.filter(**words).order_by("-pk").first()
