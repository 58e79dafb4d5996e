"""Tasks that wait in a database of an earlier release still run after its migration."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from esar.platform.notices.actions import send_mail
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person
from tests.make import AT, World
from tests.platform.mail.make import mail_goes_out

MIGRATION = import_module("esar.operations.migrations.0001_task_paths")


class _Editor:
    connection = connection


@pytest.mark.django_db(transaction=True)
def test_a_task_that_waited_under_its_old_name_runs_under_its_new_one() -> None:
    reporter = World().reporter
    Notice.objects.create(
        person=reporter,
        code="notice.finding_answer",
        figures={"body": "-"},
        path="/",
        key="k",
        at=AT,
    )
    Person.objects.update(mail=Person.Mail.AT_ONCE)
    send_mail.enqueue(Person.Mail.AT_ONCE)
    assert DBTaskResult.objects.update(task_path="esar.notices.actions.send_mail") == 1

    MIGRATION.rename(apps, _Editor)
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    mail_goes_out()
    assert [letter.to for letter in mail.outbox] == [[reporter.email]]


@pytest.mark.any_database
def test_every_name_that_the_migration_gives_is_a_task_of_today() -> None:
    from django.utils.module_loading import import_string
    from django_tasks_db.compat import Task

    for name in MIGRATION.MOVED.values():
        assert isinstance(import_string(name), Task), name
