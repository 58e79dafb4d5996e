"""0002: a typed result that months take the place of is kept beside them, and comes back without them.

Runs beside the old version: yes, which leaves the column empty. Locks: PostgreSQL adds a nullable
column; SQLite rebuilds the table. Reverse: drops what was put aside, which the history keeps.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='put_aside',
            field=models.JSONField(null=True),
        ),
    ]
