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
        migrations.AlterField(
            model_name='indicator',
            name='code',
            field=models.CharField(max_length=120, unique=True),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='listed_as',
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
