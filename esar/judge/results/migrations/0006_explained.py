"""0006: the database refuses a total, a full mark or a grade that is not the explanation's.

Runs beside the old version: yes, which writes no others. Locks: reads every result once. Reverse:
drops the constraints.
"""

from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce


class Migration(migrations.Migration):
    dependencies = [("results", "0005_out_of_rows")]
    operations = [
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                name="result_total_is_explained",
                condition=Q(
                    total=Cast(
                        KT("explanation__total"),
                        models.DecimalField(max_digits=7, decimal_places=4),
                    )
                ),
                violation_error_code="total_not_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                name="result_full_mark_is_explained",
                condition=Q(out_of=KT("explanation__out_of")),
                violation_error_code="full_mark_not_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                name="result_grade_is_explained",
                condition=Q(grade_id=Coalesce(KT("explanation__grade__id"), Value(""))),
                violation_error_code="grade_not_explained",
            ),
        ),
    ]
