"""0005: signed checkpoints of the log, append-only like it (ADR 36).

Runs beside the old version: yes, it knows nothing of the table. Locks: none. Reverse: drops the
table; what witnesses and packages hold of it stays.
"""

from django.db import migrations, models

from esar.platform.history import guards


class Migration(migrations.Migration):
    dependencies = [("history", "0004_check_up")]
    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
            options={"ordering": ("size",)},
        ),
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.connection, guards.CHECKPOINTS),
            lambda _apps, editor: guards.remove(editor.connection, guards.CHECKPOINTS),
        ),
    ]
