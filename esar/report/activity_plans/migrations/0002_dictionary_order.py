"""0002: rows stand in the order of their bodies in the dictionary. No table changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='plan',
            options={'ordering': ('-fiscal_year', 'body__name_key')},
        ),
    ]
