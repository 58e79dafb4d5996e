"""0004: a result has what its total is out of in a column of its own.

Runs beside the old version: yes, which neither reads nor writes the column; the next migration
fills it. Locks: PostgreSQL adds a column with a constant default without rewriting; SQLite rebuilds
the table. Reverse: drops the column, which the explanation tells.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0003_rulebook_copies'),
    ]

    operations = [
        migrations.AddField(
            model_name='result',
            name='out_of',
            field=models.CharField(default='', editable=False, max_length=20),
        ),
    ]
