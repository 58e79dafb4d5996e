"""0003: rows stand in the order of their bodies in the dictionary. No table changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('central', '0002_wider_amounts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='centralvalue',
            options={'ordering': ('-fiscal_year', 'rule_id', 'round_id', 'body__name_key', '-number')},
        ),
    ]
