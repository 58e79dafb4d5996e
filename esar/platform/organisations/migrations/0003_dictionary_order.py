"""0003: bodies, committees and people have the key of their name's place in the dictionary.

Runs beside the old version: yes, which leaves the key empty; the next saving fills it. Locks:
PostgreSQL adds columns with a constant default without rewriting; SQLite rebuilds the tables.
Reverse: drops the keys, which are worked out from the names.
"""

import django.db.models.deletion
import esar.platform.ui.sorting
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_committee_years'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='body',
            options={'ordering': ('name_key',)},
        ),
        migrations.AlterModelOptions(
            name='committee',
            options={'ordering': ('level', 'name_key')},
        ),
        migrations.AlterModelOptions(
            name='person',
            options={'ordering': ('name_key', 'pk')},
        ),
        migrations.AddField(
            model_name='body',
            name='name_key',
            field=esar.platform.ui.sorting.SortKey(default='', editable=False, max_length=802, of='name_th'),
        ),
        migrations.AddField(
            model_name='committee',
            name='name_key',
            field=esar.platform.ui.sorting.SortKey(default='', editable=False, max_length=802, of='name_th'),
        ),
        migrations.AddField(
            model_name='person',
            name='name_key',
            field=esar.platform.ui.sorting.SortKey(default='', editable=False, max_length=802, of='name'),
        ),
        migrations.AlterField(
            model_name='formername',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='former_names', to='organisations.body'),
        ),
    ]
