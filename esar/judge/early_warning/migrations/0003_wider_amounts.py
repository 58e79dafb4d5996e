"""0003: an amount in baht has 15 digits before the point: 2,200,000,000,000.

Runs beside the old version: yes, it writes at most 11 digits. Locks: PostgreSQL changes the type of
a column without rewriting it; SQLite rebuilds the table. Reverse: fails where an amount is larger.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('early_warning', '0002_looks_are_kept'),
    ]

    operations = [
        migrations.AlterField(
            model_name='earlywarning',
            name='high',
            field=models.DecimalField(decimal_places=4, max_digits=19),
        ),
        migrations.AlterField(
            model_name='earlywarning',
            name='low',
            field=models.DecimalField(decimal_places=4, max_digits=19),
        ),
        migrations.AlterField(
            model_name='earlywarning',
            name='projected',
            field=models.DecimalField(decimal_places=4, max_digits=19),
        ),
        migrations.AlterField(
            model_name='outlook',
            name='high',
            field=models.DecimalField(decimal_places=4, max_digits=19, null=True),
        ),
        migrations.AlterField(
            model_name='outlook',
            name='low',
            field=models.DecimalField(decimal_places=4, max_digits=19, null=True),
        ),
        migrations.AlterField(
            model_name='outlook',
            name='projected',
            field=models.DecimalField(decimal_places=4, max_digits=19, null=True),
        ),
    ]
