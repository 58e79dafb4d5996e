from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0011_directions_not_chosen'),
    ]

    operations = [
        migrations.AddField(
            model_name='kpi',
            name='answers',
            field=models.JSONField(default=list),
        ),
    ]
