"""Databases of three releases have signatures of a text; since 7605f06 they are of an approval.

0004 was written again then, so that a database which had run it before lacks the column and has
another uniqueness. Here it gets both; one that ran the later 0004 has them already.
"""

from django.db import migrations, models


def of_one_approval(apps, schema_editor):
    signature = apps.get_model("scorecards", "Signature")
    table = signature._meta.db_table
    introspection = schema_editor.connection.introspection
    with schema_editor.connection.cursor() as cursor:
        columns = {column.name for column in introspection.get_table_description(cursor, table)}
        constraints = introspection.get_constraints(cursor, table)
    if "approved_at" in columns:
        return
    unsaid = models.DateTimeField(null=True)
    unsaid.set_attributes_from_name("approved_at")
    unsaid.model = signature
    schema_editor.add_field(signature, unsaid)
    _say_when_approved(apps)
    schema_editor.alter_field(signature, unsaid, signature._meta.get_field("approved_at"))
    if schema_editor.connection.vendor == "sqlite":
        return  # which has made the table anew, as the model is
    for constraint in signature._meta.constraints:
        if constraint.name in constraints:
            schema_editor.remove_constraint(signature, constraint)
        schema_editor.add_constraint(signature, constraint)


def _say_when_approved(apps):
    """What was signed was approved when it last began to wait for signatures."""
    signatures = apps.get_model("scorecards", "Signature").objects.order_by()
    events = apps.get_model("history", "Event").objects.order_by("-number")
    scorecards = apps.get_model("scorecards", "Scorecard").objects
    for pk in set(signatures.values_list("scorecard_id", flat=True)):
        of_scorecard = events.filter(subject_kind="scorecard", subject_id=str(pk))
        event = of_scorecard.filter(after__state="sign").first()
        approved_at = event.at if event else scorecards.get(pk=pk).since
        signatures.filter(scorecard_id=pk).update(approved_at=approved_at)


class Migration(migrations.Migration):

    dependencies = [
        ("scorecards", "0014_weighted_averages"),
        ("history", "0005_checkpoint"),
    ]

    operations = [migrations.RunPython(of_one_approval, migrations.RunPython.noop)]
