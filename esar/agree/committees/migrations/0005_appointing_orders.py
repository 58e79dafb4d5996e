"""0005: by which order a committee is appointed, with its file. Runs beside the old version: yes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0004_numbers_once_in_their_year'),
        ('evidence', '0002_attached_names'),
        ('organisations', '0007_demo_portfolios'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AppointingOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('letter', models.CharField(max_length=200)),
                ('day', models.DateField()),
                ('appointed_by', models.CharField(max_length=300)),
                ('is_demo', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organisations.committee')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='evidence.storedfile')),
            ],
            options={
                'ordering': ('-day', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('committee', 'letter', 'day'), name='appointing_order_once'), models.CheckConstraint(condition=models.Q(('letter', ''), _negated=True) & models.Q(('appointed_by', ''), _negated=True), name='appointing_order_names_letter_and_signer', violation_error_code='order_unnamed')],
            },
        ),
    ]
