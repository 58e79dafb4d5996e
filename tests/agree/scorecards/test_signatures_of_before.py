"""A database that signed agreements before signatures were of an approval is brought up to it.

Of SQLite the golden databases of 9f84468 and 621176d are such; here PostgreSQL is made one.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from esar.agree.scorecards.models import Signature
from esar.agree.scorecards.queries import signatures_of
from tests.agree.scorecards import make
from tests.make import World

MIGRATION = import_module("esar.agree.scorecards.migrations.0015_signatures_of_one_approval")
TABLE = Signature._meta.db_table


def as_it_was() -> None:
    """The table as 0004 made it before it was written again."""
    with connection.schema_editor() as editor:
        for constraint in Signature._meta.constraints:
            editor.remove_constraint(Signature, constraint)
        editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN approved_at")
        unique = "UNIQUE (scorecard_id, sha256, place)"
        editor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT signature_once {unique}")


def migrate() -> None:
    with connection.schema_editor() as editor:
        MIGRATION.of_one_approval(apps, editor)


@pytest.mark.each_database
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has the golden databases")
@pytest.mark.django_db(transaction=True)
def test_signatures_of_a_text_become_signatures_of_its_approval(world: World) -> None:
    card = make.in_force(world)
    places = [signature.place for signature in signatures_of(card, card.approved_sha256)]
    as_it_was()
    migrate()

    signatures = signatures_of(card, card.approved_sha256)
    assert [signature.place for signature in signatures] == places
    assert {signature.approved_at for signature in signatures} == {make.at(make.NEGOTIATED)}
    first = signatures[0]
    first.pk = None
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)
    first.place = 0
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_has_them_already_stays_as_it_is(world: World) -> None:
    make.in_force(world)
    before = list(Signature.objects.values())
    migrate()

    assert before
    assert list(Signature.objects.values()) == before
