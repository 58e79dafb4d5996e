"""0010: an indicator says which rule of the rulebook makes it; no code's beginning tells it any more.

Before: those that the rules make had codes that begin with GIVEN-; their rule is read from that.
Runs beside the old version: yes. Locks: adds a column with a default. Reverse: drops it.
"""

from django.db import migrations, models

OLD_MARK = 'GIVEN-'


def read_from_codes(apps, schema_editor):
    indicators = apps.get_model('scorecards', 'Indicator').objects
    for indicator in indicators.filter(code__startswith=OLD_MARK, rule_id=''):
        rule_id = indicator.code.removeprefix(OLD_MARK)
        indicators.filter(pk=indicator.pk).update(rule_id=rule_id)


class Migration(migrations.Migration):

    dependencies = [('scorecards', '0009_dictionary_order')]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='rule_id',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.RunPython(read_from_codes, migrations.RunPython.noop),
    ]
