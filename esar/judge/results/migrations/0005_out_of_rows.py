"""0005: what the total of every result is out of that is there already.

Runs beside the old version: yes, which neither reads nor writes the column. Locks: rows of results,
a batch at a time. Reverse: nothing to undo.
"""

from django.db import migrations

BATCH = 200


def fill(apps, schema_editor):
    results = apps.get_model("results", "Result").objects
    batch = []
    for result in results.order_by("pk").only("explanation").iterator(BATCH):
        result.out_of = str(result.explanation.get("out_of") or "")
        del result.explanation
        batch.append(result)
        if len(batch) == BATCH:
            results.bulk_update(batch, ["out_of"])
            batch = []
    results.bulk_update(batch, ["out_of"])


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0004_out_of'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
