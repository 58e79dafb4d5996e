import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import ExtractYear


def of_those_sent(apps, _schema_editor):
    sent = apps.get_model("letters", "Letter").objects.filter(state__in=("sent", "closed"))
    sent.update(number_year=ExtractYear("dated"))


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0001_initial'),
        ('letters', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='number_year',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_sent_is_frozen',
        ),
        migrations.RunPython(of_those_sent, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number_year', None), ('sent_on', None), ('sha256', ''), ('state__in', ('draft', 'proposed'))), models.Q(('sent_on__isnull', False), ('state__in', ('sent', 'closed')), ('number_year__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='letter_sent_is_frozen', violation_error_code='frozen_of_state'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('sender', 0), models.F('number'), models.F('number_year'), name='letter_number_once_in_a_year'),
        ),
    ]
