import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def hang_on_scorecards(apps, schema_editor):
    """A visit of before belongs to the scorecard of the report that it assessed."""
    assessments = apps.get_model("assessments", "Assessment").objects.filter(
        pk=OuterRef("assessment")
    )
    apps.get_model("assessments", "Visit").objects.update(
        scorecard=Subquery(assessments.values("report__scorecard")[:1])
    )


def scorecard_field(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="scorecards.scorecard",
        **more,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("assessments", "0001_initial"),
        ("scorecards", "0004_signatures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("finding", "owner", models.CharField(blank=True, default="", max_length=200), False),
        migrations.AddField("visit", "took_part", models.TextField(blank=True, default=""), False),
        migrations.AddField("visit", "scorecard", scorecard_field(null=True)),
        migrations.RunPython(hang_on_scorecards, migrations.RunPython.noop),
        migrations.AlterField("visit", "scorecard", scorecard_field()),
        migrations.AlterField(
            "visit",
            "assessment",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="assessments.assessment",
            ),
        ),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=models.Q(
                    ("assessment__isnull", False),
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("took_part", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_to_advise_names_who_took_part",
                violation_error_code="nobody_took_part",
            ),
        ),
    ]
