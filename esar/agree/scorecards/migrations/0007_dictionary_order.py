"""0007: rows stand in the order of their bodies in the dictionary. No table changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0006_wider_amounts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='scorecard',
            options={'ordering': ('-fiscal_year', 'body__name_key')},
        ),
    ]
