"""0001: year-end results from outside the evaluation. Runs beside the old version: yes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agendas', '0001_initial'),
        ('organisations', '0005_bodies_outside'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=4, max_digits=19, null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=500)),
                ('is_demo', models.BooleanField(default=False)),
                ('holder', models.OneToOneField(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='agendas.holder')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organisations.body')),
            ],
            options={
                'ordering': ('holder',),
                'constraints': [models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(('remark', ''), _negated=True), _connector='OR'), name='outside_result_says_something', violation_error_code='says_nothing')],
            },
        ),
    ]
