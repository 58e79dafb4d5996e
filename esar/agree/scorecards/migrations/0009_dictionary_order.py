"""0009: rows stand in the order of their bodies in the dictionary. No table changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0008_rounds_and_counted_weights'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='scorecard',
            options={'ordering': ('-fiscal_year', 'body__name_key')},
        ),
    ]
