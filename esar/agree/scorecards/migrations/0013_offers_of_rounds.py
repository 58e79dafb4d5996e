"""0013: an offer says what it offers of rounds. Runs beside the old version: yes. Reverse: loses it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0012_answers_of_a_form'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='rounds',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
