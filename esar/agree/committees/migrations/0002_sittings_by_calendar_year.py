"""0002: the year that a sitting's number counts in, why it sat with vacancies, who of the invited came,
and when an item was carried out.

Before: nothing is lost; 0003 fills the columns. Runs beside the old version: yes. Reverse: drops them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0001_initial'),
        ('organisations', '0002_committee_years'),
        ('scorecards', '0005_kpi_templates'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='carried_out_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='together',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='came',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='sitting',
            name='number_year',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='sitting',
            name='vacancies_reason',
            field=models.TextField(blank=True, default=''),
        ),
    ]
