"""0004: the key of every name that is there already.

Runs beside the old version: yes, which neither reads nor writes the column. Locks: rows of bodies,
committees and people, some thousand. Reverse: nothing to undo.
"""

from django.db import migrations

from esar.kernel.alphabet import sort_key

NAMED = {"Body": "name_th", "Committee": "name_th", "Person": "name"}


def fill(apps, schema_editor):
    for model, of in NAMED.items():
        rows = list(apps.get_model("organisations", model).objects.order_by("pk"))
        for row in rows:
            row.name_key = sort_key(getattr(row, of))
        apps.get_model("organisations", model).objects.bulk_update(rows, ["name_key"], 500)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_dictionary_order'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
