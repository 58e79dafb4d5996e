"""0016: the number of a KPI is digits and points, in the database too.

Runs beside the old version: yes, whose form lets no other pass. Locks: reads every KPI once.
Reverse: drops the constraint.
"""

from django.db import migrations, models
from django.db.models import Q

from esar.platform.lifecycle.columns import has_only


class Migration(migrations.Migration):
    dependencies = [("scorecards", "0015_signatures_of_one_approval")]
    operations = [
        migrations.AddConstraint(
            model_name="kpi",
            constraint=models.CheckConstraint(
                name="kpi_number_is_digits_and_points",
                condition=~Q(number="") & has_only("0123456789.", "number"),
                violation_error_code="number_form",
            ),
        ),
    ]
