"""0007: which holders of office and which orders were invented for the demo.

Before: none was; every row that is there is real. Runs beside the old version: yes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0006_portfolios'),
    ]

    operations = [
        migrations.AddField(
            model_name='officeholder',
            name='is_demo',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='portfolio',
            name='is_demo',
            field=models.BooleanField(default=False),
        ),
    ]
