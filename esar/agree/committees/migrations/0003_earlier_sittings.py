"""0003: earlier sittings keep their numbers, which counted in the fiscal year; what was resolved had been
carried out at once; whoever is invited to a sitting that is not closed has not come yet.

Reverse: leaves the columns as they are; 0002 drops them.
"""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    sitting = apps.get_model('committees', 'Sitting')
    item = apps.get_model('committees', 'AgendaItem')
    attendance = apps.get_model('committees', 'Attendance')
    sitting.objects.filter(number_year=0).update(number_year=F('fiscal_year'))
    item.objects.exclude(outcome='').update(carried_out_at=F('resolved_at'))
    guests = attendance.objects.filter(is_guest=True, sitting__state__in=('planned', 'open'))
    guests.update(came=False)


class Migration(migrations.Migration):

    dependencies = [('committees', '0002_sittings_by_calendar_year')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
