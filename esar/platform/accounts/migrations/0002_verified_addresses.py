"""0002: the address of who came by the link of an invitation is verified. ADR 41.

Before: no such row was ever written but by a stranger's request for a reset, and never verified.
Those of people who came by no link (the demo's, and who was made in a shell) are removed: nobody
asked for them, and they kept a second step from being set up. Their owners' next reset by mail
verifies the address.
Runs beside the old version: yes. Locks: `account_emailaddress`, shortly. Reverse: nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


def verify(apps: Any, _schema_editor: Any) -> None:
    address, person = apps.get_model("account", "EmailAddress"), apps.get_model(
        "organisations", "Person"
    )
    event = apps.get_model("history", "Event")
    accepted = event.objects.filter(verb="person.accepted", subject_kind="person")
    by_link = {int(pk) for pk in accepted.values_list("subject_id", flat=True)}
    address.objects.filter(verified=False).delete()
    there = set(address.objects.values_list("user_id", flat=True))
    address.objects.bulk_create(
        address(user_id=pk, email=email, verified=True, primary=True)
        for pk, email in person.objects.order_by("pk").values_list("pk", "email")
        if pk in by_link - there
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_guesses"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("history", "0003_rows"),
        ("organisations", "0004_dictionary_order_rows"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
