"""`esar doctor`: whether everything that is kept is whole and agrees with everything else.

Exit codes: 0 in order, 1 something is not, 2 it could not look. What is only to be known (files
that wait for the scanner) is a note and changes nothing. It reads every byte and writes nothing.

What is unchanging is read before what speaks of it, so that it can look while people work.
Models are imported where they are used, for the command sets up Django first.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import click

from esar.kernel.chain import digest, verify
from esar.kernel.problems import Problem
from esar.kernel.watching import Watch, unwatched, watched
from esar.kernel.wording import Phrase, both, problem_sentence, say
from esar.law.rules import kinds
from esar.law.rules.text import Text
from esar.law.scoring.compared import differences, shown
from esar.law.scoring.wire import problem_as_json
from esar.operations.verify_history import _open_database, lacks_migrations

NOT_IN_ORDER, CANNOT_LOOK = 1, 2
_NOTED = ("doctor.worded_otherwise",)  # seen while results are computed again; nothing is wrong


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help=both("cli.help.answer_in_json"))
def doctor(*, as_json: bool) -> None:
    """ตรวจไฟล์ ประวัติ และสถานะว่าตรงกันหมด / look whether files, history and states all agree"""
    _open_database()
    from django.utils import timezone

    try:
        with _bars() as watch:
            sights = list(_looked_at(watch))
        problems = [problem for problem in sights if problem.code not in _NOTED]
        noted = [problem for problem in sights if problem.code in _NOTED]
        noted += notes(timezone.now())
        counts = counted()
    except Exception as error:  # whatever it is: not to be taken for a finding
        if lacks_migrations():
            _say("audit.not_migrated", err=True)
        else:
            _say("doctor.cannot_look", why=f"{type(error).__name__}: {error}", err=True)
        sys.exit(CANNOT_LOOK)
    if as_json:
        _answer_json(problems, noted)
    else:
        for problem in (*noted, *problems):
            for language in ("th", "en"):
                click.echo(problem_sentence(problem, language))
        if problems:
            _say("doctor.not_in_order", count=len(problems))
        else:
            _say(
                "doctor.in_order",
                err=False,
                **{
                    name: Phrase(f"doctor.count.{name}", {"count": count})
                    for name, count in counts.items()
                },
            )
    sys.exit(NOT_IN_ORDER if problems else 0)


@contextmanager
def _bars() -> Iterator[Watch]:
    """A bar for each part of the work, while somebody looks on; none in a file or a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    bars: dict[str, Any] = {}
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:

        def watch(part: str, count: int, whole: int) -> None:
            if part not in bars:
                words = [say(f"doctor.part.{part}", {}, language) for language in ("th", "en")]
                bars[part] = bar.add_task(" / ".join(words), total=whole)
            bar.update(bars[part], completed=count, total=whole)

        yield watch


def _say(code: str, *, err: bool = False, **figures: Any) -> None:
    for language in ("th", "en"):
        click.echo(say(code, figures, language), err=err)


def _answer_json(problems: list[Problem], noted: list[Problem]) -> None:
    answer = {
        "in_order": not problems,
        "findings": [problem_as_json(problem) for problem in problems],
        "notes": [problem_as_json(problem) for problem in noted],
    }
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def findings(watch: Watch = unwatched) -> Iterator[Problem]:
    """Everything that is not in order; `watch` is told of each part how far it is."""
    return (problem for problem in _looked_at(watch) if problem.code not in _NOTED)


def _looked_at(watch: Watch) -> Iterator[Problem]:
    """Everything that is not in order, and what else was seen while looking."""
    from django.utils import timezone

    from esar.platform.evidence import doctor as evidence
    from esar.platform.history.checkpoints import doctor as checkpoints

    yield from _part("files", evidence.findings(), watch)
    yield from _history(watch)
    yield from _part("checkpoints", checkpoints.findings(timezone.now()), watch)
    yield from _part("versions", _versions(), watch)
    yield from _part("letters", _letters(), watch)
    yield from _part("rulebooks", _rulebooks(), watch)
    yield from _results(watch)
    yield from _part("states", _states(), watch)


def _part(part: str, problems: Iterator[Problem], watch: Watch) -> Iterator[Problem]:
    """A part of the work that is done in one go."""
    watch(part, 0, 1)
    yield from problems
    watch(part, 1, 1)


def _history(watch: Watch) -> Iterator[Problem]:
    """The chain of events; and where it is whole, every row against what it says."""
    from esar.platform.history import queries
    from esar.platform.history.models import Event

    heads = queries.heads()
    records = watched(queries.records(), "events", Event.objects.count(), watch)
    broken = list(verify(records, heads))
    if beyond := queries.events_beyond_head():
        broken.append(Problem("doctor.beyond_head", {"count": beyond}))
    yield from broken
    if broken:
        yield Problem("doctor.rows_not_compared")
    else:
        yield from _rows(watch)


def notes(at: datetime) -> Iterator[Problem]:
    """What is to be known, though nothing is wrong."""
    from django.conf import settings
    from django.db import connection

    from esar.platform.evidence.actions import scanner_answers
    from esar.platform.evidence.models import Upload
    from esar.platform.evidence.queries import KEPT_FOR, waiting_for_scan
    from esar.platform.evidence.room import lacks_room
    from esar.platform.history import grants

    yield from _not_recomputed()
    if not settings.DEMO and grants.may_rewrite(connection):
        yield Problem("doctor.site_may_rewrite")
    forgotten = Upload.objects.filter(state="open", at__lt=at - KEPT_FOR).count()
    if forgotten:
        figures = {"count": forgotten, "days": KEPT_FOR.days}
        yield Problem("doctor.forgotten_uploads", figures)
    waiting = waiting_for_scan().count()
    if waiting:
        yield Problem("doctor.waiting_for_scan", {"count": waiting})
    if scanner_answers() is False:
        yield Problem("doctor.scanner_down")
    yield from lacks_room(code="doctor.disk_nearly_full")
    yield from _mail(at)


def _mail(at: datetime) -> Iterator[Problem]:
    from esar.platform.mail.queries import LONG, waiting

    mail = waiting(at)
    answer = f"“{mail.answer or '–'}”"
    if mail.oldest is not None and at - mail.oldest > LONG:
        minutes = (at - mail.oldest) // timedelta(minutes=1)
        figures = {"count": mail.count, "minutes": minutes, "answer": answer}
        yield Problem("doctor.mail_waits", figures)
    if mail.given_up:
        yield Problem("doctor.mail_given_up", {"count": mail.given_up, "answer": answer})


def counted() -> dict[str, int]:
    """How much was looked at."""
    from esar.judge.results.models import Result
    from esar.platform.evidence.models import StoredFile
    from esar.platform.history.models import Event
    from esar.report.letters.models import Letter

    frozen = sum(kind.objects.count() for kind in (*_kinds_of_versions(), Result))
    frozen += Letter.objects.exclude(sha256="").count()
    return {
        "files": StoredFile.objects.count(),
        "events": Event.objects.count(),
        "frozen": frozen,
    }


def _rows(watch: Watch) -> Iterator[Problem]:
    """Every row against the digest that the history has of it, and the other way round."""
    from esar.platform.history import queries

    for wrong, table, key in queries.rows_out_of_order(watch):
        yield Problem(f"doctor.row_{wrong}", {"table": table, "key": key})


# --- Frozen content ------------------------------------------------------------------------------


def _kinds_of_versions() -> list[Any]:
    """Every model whose rows are frozen versions."""
    from django.apps import apps

    from esar.platform.history.frozen import Frozen

    return [model for model in apps.get_models() if issubclass(model, Frozen)]


def _versions() -> Iterator[Problem]:
    """Every version of whatever is frozen: what is kept against its hash."""
    for model in _kinds_of_versions():
        for version in model.objects.order_by("pk").iterator(chunk_size=100):
            if digest(version.content) != version.sha256:
                yield Problem(
                    "doctor.version_changed", {"name": str(version), "number": version.number}
                )


def _letters() -> Iterator[Problem]:
    """Every letter that was sent: its words, files and recipients against the hash in the log."""
    from esar.platform.history.models import Event
    from esar.report.letters.models import Letter
    from esar.report.letters.queries import content

    sent = Event.objects.filter(verb="letter.send", subject_kind="letter").order_by("number")
    hashes_in_log = {
        int(pk): (after or {})["sha256"] for pk, after in sent.values_list("subject_id", "after")
    }
    letters = Letter.objects.select_related("sender").in_bulk(hashes_in_log)
    for pk, sha256 in hashes_in_log.items():
        letter = letters.get(pk)
        if letter is None or {letter.sha256, digest(content(letter))} != {sha256}:
            yield Problem("doctor.letter_changed", {"number": pk, "name": str(letter or "–")})


def _rulebooks() -> Iterator[Problem]:
    """The rules that results were computed with: what is kept against its hash, and whether this
    release can read it, which is another thing.
    """
    from esar.judge.results import rulebooks
    from esar.judge.results.models import RulebookCopy
    from esar.kernel.problems import Refused

    for year, sha256 in RulebookCopy.objects.order_by("pk").values_list("year", "sha256"):
        figures = {"year": year, "sha256": sha256[:12]}
        try:
            rulebooks.book_of.__wrapped__(sha256)  # read anew, whatever was read before
        except LookupError:
            yield Problem("doctor.rulebook_changed", figures)
        except Refused as refused:
            first = refused.problems[0]
            why = Text(problem_sentence(first, "th"), problem_sentence(first, "en"))
            yield Problem("doctor.rulebook_unreadable", {**figures, "why": why})


def _results(watch: Watch) -> Iterator[Problem]:
    """Every result: its explanation against the hash in the log; its figures computed again from
    what was kept, where its rules are still here. Of words that differ only the years are told.
    """
    from esar.judge.results.models import Result
    from esar.platform.history.models import Event

    computed = Event.objects.filter(verb="result.computed").values_list("subject_id", "after")
    logged = {int(pk): (after or {}).get("sha256") for pk, after in computed}
    worded_otherwise: Counter[int] = Counter()
    results = Result.objects.select_related("body").defer("stages").order_by("pk")
    rows = results.iterator(chunk_size=100)
    for result in watched(rows, "results", results.count(), watch):
        name = f"{result.body.code} {result.fiscal_year} {result.round_id}"
        figures = {"name": name, "number": result.number}
        sha256 = logged.get(result.pk)
        if sha256 is not None and sha256 != digest(result.explanation):
            yield Problem("doctor.result_changed", figures)
        if (book := _book_of(result)) is None:
            continue
        if (again := _again(result.inputs, book)) is None:
            yield Problem("doctor.result_not_computable", figures)
            continue
        compared = list(differences(result.explanation, again))
        if first := next((one for one in compared if not one.of_words), None):
            where = {"found": shown(first.there), "computed": shown(first.computed)}
            yield Problem("doctor.result_differs", {**figures, "field": first.path, **where})
        elif compared:
            worded_otherwise[result.fiscal_year] += 1
    for year, count in sorted(worded_otherwise.items()):
        yield Problem("doctor.worded_otherwise", {"year": year, "count": count})


def _book_of(result: Any) -> Any:
    """The rulebook that the result was computed with, of now or kept; None when it is no more."""
    from esar.judge.results import rulebooks
    from esar.kernel.problems import Refused
    from esar.platform.ui import books

    book = books.book(result.fiscal_year)
    if book is not None and book.sha256 == result.rulebook_sha256:
        return book
    try:
        return rulebooks.book_of(result.rulebook_sha256)
    except (LookupError, Refused):
        return None


def _again(inputs: Any, book: Any) -> Any:
    """The explanation that the inputs give; None when they give none."""
    from esar.exchange.packaging.contents import scored_again
    from esar.kernel.problems import Refused

    try:
        return scored_again(json.dumps(inputs).encode(), "inputs", book).explanation
    except Refused:
        return None


def _not_recomputed() -> Iterator[Problem]:
    from esar.judge.results.models import Result

    fields = ("fiscal_year", "rulebook_sha256")
    rows = Result.objects.only(*fields).order_by()
    years = Counter(one.fiscal_year for one in rows if _book_of(one) is None)
    for year, count in sorted(years.items()):
        yield Problem("doctor.not_recomputed", {"year": year, "count": count})


# --- States that contradict ----------------------------------------------------------------------


def _states() -> Iterator[Problem]:
    for look in (_reports, _assessments, _released, _deliveries, _attachments):
        yield from look()


def _reports() -> Iterator[Problem]:
    """A report that was sent has what was sent; one at the assessors' has its assessment."""
    from django.db.models import Exists, F, OuterRef

    from esar.agree.scorecards.checks import rules_of
    from esar.judge.assessments.models import Assessment
    from esar.report.reports.models import Report, ReportVersion

    version_sent = ReportVersion.objects.filter(report=OuterRef("pk"), number=OuterRef("sent"))
    reports = Report.objects.filter(sent__gte=1).select_related("scorecard__body")
    for report in reports.exclude(Exists(version_sent)).order_by("pk"):
        yield Problem("doctor.no_version", {"name": str(report), "number": report.sent})
    begun = Assessment.objects.filter(report=OuterRef("pk"))
    for report in reports.filter(~Exists(begun), state="submitted").order_by("pk"):
        if rules_of(report.scorecard)[1].the(kinds.Assessment) is not None:
            yield Problem("doctor.no_assessment", {"name": str(report)})
    outdated = Assessment.objects.exclude(version__number=F("report__sent"))
    for assessment in outdated.select_related("report__scorecard__body").order_by("pk"):
        figures = {"name": str(assessment.report), "number": assessment.report.sent}
        yield Problem("doctor.other_version", figures)


def _assessments() -> Iterator[Problem]:
    """An assessment that every level has passed on has its result."""
    from django.db.models import Exists, OuterRef

    from esar.judge.assessments.models import Assessment
    from esar.judge.results.models import Result

    computed = Result.objects.filter(assessment=OuterRef("pk"))
    without_result = Assessment.objects.filter(~Exists(computed), state="done")
    for assessment in without_result.select_related("report__scorecard__body").order_by("pk"):
        yield Problem("doctor.no_result", {"name": str(assessment)})


def _released() -> Iterator[Problem]:
    """Of the results of a body and round at most one is released."""
    from esar.judge.results.models import Result

    released = Result.objects.filter(state="released").order_by()
    keys = released.values_list("body__code", "fiscal_year", "round_id")
    for key, count in sorted(Counter(keys).items()):
        if count > 1:
            yield Problem("doctor.two_released", {"name": " ".join(map(str, key)), "count": count})


def _deliveries() -> Iterator[Problem]:
    """A delivery that is published has all the values that its event speaks of."""
    from django.db.models import Count

    from esar.platform.history.models import Event
    from esar.report.central_data.models import CentralValue, Delivery

    published = list(Delivery.objects.filter(state="published").only("pk", *_NAMING).order_by("pk"))
    events = Event.objects.filter(verb="central.published", subject_kind="delivery")
    events_by_delivery = {int(pk): after for pk, after in events.values_list("subject_id", "after")}
    rows = CentralValue.objects.filter(delivery__isnull=False).order_by()
    values = dict(rows.values_list("delivery").annotate(Count("pk")))
    for delivery in published:
        event, count = events_by_delivery.get(delivery.pk), values.get(delivery.pk, 0)
        if event is None:
            yield Problem("doctor.delivery_untold", {"name": str(delivery)})
        elif event["values"] != count:
            figures = {"name": str(delivery), "said": event["values"], "found": count}
            yield Problem("doctor.delivery_values", figures)


_NAMING = ("rule_id", "fiscal_year", "round_id", "number")


def _attachments() -> Iterator[Problem]:
    """What a report rests on has arrived."""
    from esar.report.reports.models import Attachment

    arriving = Attachment.objects.filter(file__state="arriving").order_by("pk")
    for attachment in arriving.select_related("claim__report__scorecard__body"):
        figures = {"name": str(attachment.claim.report), "file": attachment.name}
        yield Problem("doctor.attached_arriving", figures)
