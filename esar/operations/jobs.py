"""What the worker does by the clock: mail, scans, and each day's chores once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from esar.agree.changes.reminders import remind_to_tell
from esar.agree.committees.reminders import remind_to_close
from esar.judge.early_warning.actions import warn_if_due
from esar.kernel.wording import problem_sentence
from esar.operations.checkpoints import sign_if_due
from esar.operations.doctor import findings
from esar.operations.retention import forget_what_is_old
from esar.platform.accounts.delays import forget_guesses
from esar.platform.calendars.actions import remind
from esar.platform.evidence.actions import forget_uploads, scan_waiting
from esar.platform.history.actions import write_daily_head
from esar.platform.history.models import CheckUp
from esar.platform.mail.actions import forget_given_up
from esar.platform.notices.actions import send_mail, tell
from esar.platform.notices.models import ChoresDone
from esar.platform.notices.queries import to_mail
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books, clock
from esar.report.activity_plans.amendments.actions import recheck
from esar.report.activity_plans.monthly.deadlines.actions import remind_of_months
from esar.report.reports.actions import open_missing_reports
from esar.report.reports.packs import forget_packs, make_waiting_packs

MAX_SENTENCES = 200  # of one look: whoever needs all of them asks `esar doctor`


@task()
def check_up() -> int:
    """Look at everything as `esar doctor` does, keep what was found, and tell administrators.

    How many findings. Who was told is told again the next day, until it is mended.
    """
    problems = list(findings())
    at = timezone.now()  # real time: a demo may pretend another day, and the looks stand in order
    sentences = [
        {language: problem_sentence(problem, language) for language in ("th", "en")}
        for problem in problems[:MAX_SENTENCES]
    ]
    CheckUp.objects.create(at=at, count=len(problems), sentences=sentences)
    if problems:
        tell(
            people_with(clock.today(), Role.ADMINISTRATOR),
            "notice.out_of_order",
            path=reverse("operations:check-ups"),
            key=f"out-of-order-{clock.today().isoformat()}",
            at=clock.now(),
            count=len(problems),
        )
    return len(problems)


def by_the_minute() -> bool:
    """Try mail, scans, zips and signatures that still wait once more. Whether there was mail."""
    waiting = to_mail(Person.Mail.AT_ONCE).exists()
    if waiting:
        send_mail.enqueue(Person.Mail.AT_ONCE)
    scan_waiting()
    make_waiting_packs(at=timezone.now())
    sign_if_due(at=timezone.now())
    return waiting


def by_the_day(*, on: date, at: datetime) -> bool:
    """The day's head of the history, the reminders, the digest. Whether it was not done yet.

    Done together or not at all, so that what failed is tried again.
    """
    write_daily_head(on)
    with transaction.atomic():
        _, is_new = ChoresDone.objects.get_or_create(day=on)
        if is_new:
            for year in books.years():
                remind(year, on=on, at=at)
            remind_to_tell(on=on, at=at)
            remind_to_close(on=on, at=at)
            remind_of_months(on=on, at=at)
            open_missing_reports(at=at)
            recheck(on=on, at=at)
            warn_if_due(on=on, at=at)
            send_mail.enqueue(Person.Mail.DIGEST)
            check_up.enqueue()
    if is_new:  # real time: what lies in the store has no demo day
        forget_uploads(at=timezone.now())
        forget_packs(at=timezone.now())
        forget_guesses()
        forget_given_up(at=timezone.now())
        forget_what_is_old(at=timezone.now())
    return is_new
