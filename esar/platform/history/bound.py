"""Which rows the history binds, and the digest that binds one.

Every table is bound but for what `UNBOUND` names with its reason: a list of what is free, so that
a new table is bound unless somebody says why it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from esar.kernel.chain import digest

AT_ONCE = 900  # keys in one question: what every database takes
WHOLE = "*"
UNBOUND: dict[str, dict[str, str]] = {
    "history_event": {WHOLE: "bound by the chain of its own hashes"},
    "history_head": {WHOLE: "the end of that chain, compared with it"},
    "django_session": {WHOLE: "who is signed in now; it lapses by itself"},
    "django_tasks_database_dbtaskresult": {WHOLE: "what the worker has to do; it decides nothing"},
    "accounts_guesses": {WHOLE: "how long a guess must wait; it lapses within a day"},
    "mail_waitingmail": {WHOLE: "what is still to be sent; it goes as it is sent"},
    "security_securityevent": {WHOLE: "it decides nothing, and is kept for a stated time only"},
    "usersessions_usersession": {
        "last_seen_at": "moves with every page",
        "data": "kept by the sign-in library for itself",
    },
    "notices_notice": {"read_at": "a mark for the reader alone"},
    "organisations_person": {"last_login": "moves with every sign-in, which is told by itself"},
}


@cache
def columns_of(model: type[Model]) -> tuple[str, ...]:
    """The bound columns of a model, in the order of the alphabet; none where it is free."""
    options = model._meta
    free = UNBOUND.get(options.db_table, {})
    if WHOLE in free or not options.managed or options.proxy or options.apps is not apps:
        return ()  # the last are models as a migration knows them
    names = {field.attname for field in options.concrete_fields if field.column not in free}
    return tuple(sorted(names))


@cache
def kinds() -> dict[str, type[Model]]:
    """Every model that is bound, by the name of its table."""
    models = sorted(
        apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table
    )
    return {model._meta.db_table: model for model in models if columns_of(model)}


def are_all_there(migrated: Any) -> bool:
    """Whether the tables, as far as they are migrated, have all columns of the models."""
    for model in (*kinds().values(), apps.get_model("history", "event")):
        try:
            options = migrated.get_model(model._meta.label)._meta
        except LookupError:
            return False
        if not {field.attname for field in options.concrete_fields} >= {
            field.attname for field in model._meta.concrete_fields
        }:
            return False
    return True


def row_digests(
    model: type[Model],
    keys: Collection[Any] | None = None,
    columns: Sequence[str] | None = None,
) -> Iterator[tuple[str, str]]:
    """The key, as text, and the digest of each row that is there; of all, or of some keys."""
    rows = model._base_manager.order_by("pk").values_list("pk", *(columns or columns_of(model)))
    if keys is None:
        for key, *values in rows.iterator(chunk_size=500):
            yield str(key), digest(list(map(_plain, values)))
        return
    of_keys = list(keys)
    for start in range(0, len(of_keys), AT_ONCE):
        for key, *values in rows.filter(pk__in=of_keys[start : start + AT_ONCE]):
            yield str(key), digest(list(map(_plain, values)))


def _plain(value: Any) -> Any:
    """A value of a column as JSON has it, alike on every database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
