"""0006: papers, which are what lies before a committee and is no scorecard and no request to change.

Adds a table and an empty column. Every row that kept the old constraint keeps the new one, which
says the same of two things and a third. Locks: reads the agenda once. Reverse: as before, while no
paper is on an agenda.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0005_appointing_orders'),
        ('organisations', '0007_demo_portfolios'),
        ('scorecards', '0016_number_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('life', models.CharField(max_length=40)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('text', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('tabled', 'Tabled'), ('resolved', 'Resolved')], default='tabled', max_length=10)),
                ('since', models.DateTimeField()),
            ],
            options={
                'ordering': ('-since', '-pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agenda_item_is_one_thing',
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='outcome',
            field=models.CharField(blank=True, choices=[('opinion', 'Opinion'), ('approve', 'Approve'), ('return', 'Return'), ('reject', 'Reject'), ('acknowledge', 'Acknowledge'), ('cascaded', 'Cascaded'), ('not_cascaded', 'Not Cascaded'), ('deferred', 'Deferred')], max_length=12),
        ),
        migrations.AddField(
            model_name='paper',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organisations.committee'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='committees.paper'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change__isnull', True), ('paper__isnull', True), ('scorecard__isnull', False)), models.Q(('change__isnull', False), ('paper__isnull', True), ('scorecard__isnull', True)), models.Q(('change__isnull', True), ('paper__isnull', False), ('scorecard__isnull', True)), _connector='OR'), name='agenda_item_is_one_thing', violation_error_code='one_thing'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('carried_out_at', None), ('paper__isnull', False)), fields=('paper',), name='agenda_paper_on_one_table'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['tabled', 'resolved'])), name='paper_state_is_known', violation_error_code='state_unknown'),
        ),
    ]
