"""0004: a number is given once in the year that it counts in, and a thing is on one table until what was
resolved on it is carried out.

Every row that kept the old constraints keeps these. Locks: reads both tables once. Reverse: as before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('committees', '0003_earlier_sittings')]

    operations = [
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agenda_scorecard_on_one_table',
        ),
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agenda_change_on_one_table',
        ),
        migrations.RemoveConstraint(
            model_name='sitting',
            name='sitting_number_once',
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('carried_out_at', None), ('scorecard__isnull', False)), fields=('scorecard',), name='agenda_scorecard_on_one_table'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('carried_out_at', None), ('change__isnull', False)), fields=('change',), name='agenda_change_on_one_table'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('carried_out_at', None), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='agenda_carried_out_was_resolved', violation_error_code='carried_out'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.UniqueConstraint(fields=('committee', 'number_year', 'number'), name='sitting_number_once'),
        ),
    ]
