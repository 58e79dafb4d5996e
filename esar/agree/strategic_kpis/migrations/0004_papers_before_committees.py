"""0004: the papers by which a strategic KPI lay before committees. Adds an empty table.

What sittings resolved before stays in StrategicResolution, and is shown from there.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0006_papers'),
        ('strategic', '0003_strategicresolution'),
    ]

    operations = [
        migrations.AddField(
            model_name='strategickpi',
            name='papers',
            field=models.ManyToManyField(related_name='+', to='committees.paper'),
        ),
    ]
