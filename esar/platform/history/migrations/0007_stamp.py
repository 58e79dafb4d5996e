"""0007: time stamps of checkpoints (RFC 3161), append-only like them (ADR 36).

Runs beside the old version: yes, it knows nothing of the table. Locks: none. Reverse: drops the
table; who took a stamp from /log/ still has it.
"""

import django.db.models.deletion
from django.db import migrations, models

from esar.platform.history import guards


class Migration(migrations.Migration):
    dependencies = [("history", "0006_written_at")]
    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "checkpoint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="history.checkpoint",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("answer", models.TextField()),
            ],
        ),
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.connection, guards.STAMPS),
            lambda _apps, editor: guards.remove(editor.connection, guards.STAMPS),
        ),
    ]
