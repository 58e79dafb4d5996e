"""Tasks that wait in a database of an earlier release are found where they stand now."""

from django.db import migrations

# As they were called until release 0.1 and as they are called since. Where a task moves again, its
# second name here moves with it.
MOVED = {
    "esar.early_warning.looking.look_ahead": "esar.judge.early_warning.looking.look_ahead",
    "esar.early_warning.measuring.measure": "esar.judge.early_warning.measuring.measure",
    "esar.evidence.actions.scan": "esar.platform.evidence.actions.scan",
    "esar.evidence.actions.scan_all": "esar.platform.evidence.actions.scan_all",
    "esar.letters.actions.mail_links": "esar.report.letters.mailing.mail_links",
    "esar.notices.actions.send_mail": "esar.platform.notices.actions.send_mail",
    "esar.reports.packs.make_pack": "esar.report.reports.packs.make_pack",
}


def rename(apps, schema_editor):
    rows = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    for old, new in MOVED.items():
        rows.filter(task_path=old).update(task_path=new)


def rename_back(apps, schema_editor):
    rows = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    for old, new in MOVED.items():
        rows.filter(task_path=new).update(task_path=old)


class Migration(migrations.Migration):
    dependencies = [("django_tasks_database", "0021_conditional_partial_index_ordering")]
    operations = [migrations.RunPython(rename, rename_back)]
