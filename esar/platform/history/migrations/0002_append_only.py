"""0002: triggers that refuse UPDATE and DELETE of events (ADR 0011).

Runs beside the old version: yes, nothing updates or deletes events. Locks: none worth naming.
Reverse: drops the triggers, loses nothing.
"""

from django.db import migrations

from esar.platform.history import guards


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.connection),
            lambda _apps, editor: guards.remove(editor.connection),
        )
    ]
