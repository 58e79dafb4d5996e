"""0006: the time at which an event was written, by the clock (ADR 36).

Runs beside the old version: yes, it writes none. Locks: none, the column is empty. Reverse: drops
the column; events that had it no longer have their hash.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0005_checkpoint")]
    operations = [
        migrations.AddField(
            model_name="event",
            name="written_at",
            field=models.CharField(max_length=32, null=True),
        ),
    ]
