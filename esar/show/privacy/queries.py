"""The record of personal data, and the copy of what the site holds about one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model

from esar.platform.accounts.delays import FORGOTTEN
from esar.platform.history.models import Event
from esar.platform.mail.actions import FORGOTTEN_AFTER
from esar.platform.organisations.models import Person

# Kept for a time that is part of how it works, and no setting.
FIXED_DAYS = {"guesses": FORGOTTEN.days, "mail": FORGOTTEN_AFTER.days}
SECRET = {  # what lets somebody in: nobody's to carry about in a file
    "organisations_person": {"password"},
    "mfa_authenticator": {"data"},
    "usersessions_usersession": {"session_key", "data"},
}
EVENT = ("number", "at", "verb", "subject_kind", "subject_id", "origin")


@dataclass(frozen=True)
class Holding:
    """A kind of personal data: what, why, on which basis, who gets it, how long it is kept.

    `tables` are where it lies. People are given their rows of them whole where it says `whole`. Of
    all other tables, which are about bodies and name the person as the one who acted, the copy says
    how many rows there are: their words may be confidential, and a copy must not outlast the role
    that let one read them.
    """

    id: str
    data: dict[str, str]
    purpose: dict[str, str]
    basis: dict[str, str]
    recipients: dict[str, str]
    kept: str
    tables: tuple[str, ...]
    whole: bool = False

    @property
    def days(self) -> int | None:
        """How many days, where it is a number of days."""
        days: dict[str, int] = FIXED_DAYS | settings.KEEP_DAYS
        return days.get(self.kept)


@cache
def record() -> tuple[Holding, ...]:
    """The record, in its order. Source: data/privacy/record.yaml."""
    text = (settings.ROOT / "data" / "privacy" / "record.yaml").read_text("utf-8")
    return tuple(Holding(**row) for row in yaml.safe_load(text)["record"])


def given_whole() -> set[str]:
    """The tables whose rows about a person are given to them as they are."""
    return {table for holding in record() if holding.whole for table in holding.tables}


def copy_of(person: Person) -> dict[str, Any]:
    """Everything that the site holds about a person, as JSON: own rows whole, of others a count.

    Two queries for each table that names a person.
    """
    tables: dict[str, Any] = {}
    whole = given_whole()
    for model, column in links_to_people():
        rows = model._base_manager.filter(**{column: person.pk}).order_by("pk")
        table = model._meta.db_table
        if table in whole:
            tables.setdefault(table, []).extend(rows.values(*columns_given(model)))
        elif count := rows.count():
            tables[table] = tables.get(table, 0) + count
    events = Event.objects.filter(actor_id=person.pk).order_by("number")
    own = Person.objects.filter(pk=person.pk).values(*columns_given(Person))
    return {"person": own.get(), "tables": tables, "history": list(events.values(*EVENT))}


def links_to_people() -> list[tuple[type[Model], str]]:
    """Each column of each table that names a person."""
    return [
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    ]


def columns_given(model: type[Model]) -> list[str]:
    secret = SECRET.get(model._meta.db_table, set())
    return [field.attname for field in model._meta.concrete_fields if field.column not in secret]
