"""Pages of OPDC's: what waits for release, and the linkage with the appraisal of heads."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from esar.judge.results import actions, permissions
from esar.judge.results.linkage import Row, bodies_shown, linkage, linkage_rule, take_of
from esar.judge.results.models import Result
from esar.judge.results.tables import ReleaseList
from esar.kernel.access import require
from esar.kernel.alphabet import search_form, search_words
from esar.kernel.wording import say
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer, harmless
from esar.platform.ui.lists import asked_for, number_of, numbers_of
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import plain


@signed_in(Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR)
@require_safe
def to_release(request: HttpRequest) -> HttpResponse:
    """Results that are computed and that nobody outside OPDC sees yet. Five queries."""
    may_release = bool(permissions.may_release(request.user, clock.today()))
    waiting_results = ReleaseList(request, picks=may_release)
    rounds = {(line.row.fiscal_year, line.row.round_id) for line in waiting_results.lines}
    return waiting_results.answer(summaries=sorted(rounds))


@signed_in(Role.ANALYST)
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Release the chosen results, or every one that was listed: all of them or none."""
    tokens = {
        pk: str(token)
        for name, token in request.POST.items()
        if (pk := number_of(name.removeprefix("seen-"))) is not None
    }
    chosen = tokens if request.POST.get("all") == "1" else numbers_of(request, "result")
    results, person = Result.objects.filter(pk__in=chosen).only("pk"), person_of(request)
    count = actions.release(results, by=person, at=clock.now(), on=clock.today(), seen=tokens)
    tell(request, "page.released", count=count)
    return redirect("results:to-release")


def _linkage(request: HttpRequest, year: int, number: int) -> tuple[Any, list[Row]]:
    require(permissions.may_see_linkage(request.user, clock.today()))
    take = take_of(year, number)
    if take is None:
        raise Http404
    return take, linkage(year, take, bodies_shown(request.user, clock.today()))


@signed_in(*permissions.SEES_LINKAGE)
@require_safe
def linkage_page(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """What the appraisal of every head takes, for whom and for which days. Four queries."""
    take, rows = _linkage(request, year, number)
    choice = asked_for(request, "")
    sought = search_words(choice["text"])
    rows_shown = [
        row
        for row in rows
        if all(word in search_form(f"{row.body.name_th} {row.body.name_en}") for word in sought)
    ]
    rule = linkage_rule(year)
    context = choice | {
        "year": year,
        "take": take,
        "rows": rows_shown,
        "rule": rule,
        "takes": rule.value.rounds if rule else (),
        "missing": sum(1 for row in rows if row.points is None),
        "round": books.round_label(year, take.round.removeprefix("round.")),
    }
    return render(request, "results/linkage.html", context)


COLUMNS = (
    "code",
    "body",
    "year",
    "round",
    "first",
    "last",
    "points",
    "out_of",
    "share",
    "holder",
    "post",
    "held_from",
    "held_until",
    "days",
    "days_in_round",
)


def _lines(rows: list[Row], year: int) -> list[list[Any]]:
    """One line a person and body: a split round has a line for each holder."""
    lines = []
    for row in rows:
        head = [
            row.body.code,
            row.body.name_th,
            year,
            row.take.number,
            row.take.first,
            row.take.last,
            plain(row.points),
            plain(row.out_of),
            "" if row.share is None else f"{row.share:f}",
        ]
        spells = [
            [spell.name, spell.post, spell.first, spell.last, spell.days] for spell in row.spells
        ]
        for spell in spells or [["", "", "", "", ""]]:
            lines.append([*head, *spell, row.days_in_round])
    return lines


@signed_in(*permissions.SEES_LINKAGE)
@require_safe
def linkage_csv(request: HttpRequest, year: int, number: int) -> HttpResponse:
    _, rows = _linkage(request, year, number)
    return csv_answer(f"esar-linkage-{year}-{number}", COLUMNS, _lines(rows, year))


@signed_in(*permissions.SEES_LINKAGE)
@require_safe
def linkage_workbook(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The same for the Civil Service Commission's office, as a workbook in Thai."""
    take, rows = _linkage(request, year, number)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("linkage.sheet", {"number": take.number, "year": year}, "th")
    language = get_language() or "th"
    sheet.append([say(f"page.linkage_{name}", {}, language) for name in COLUMNS])
    for line in _lines(rows, year):
        sheet.append([harmless(value) if isinstance(value, str) else value for value in line])
    for place, width in enumerate((10, 46, 8, 8, 12, 12, 10, 10, 10, 30, 26, 12, 12, 8, 10), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="TH Sarabun New", size=16, bold=cell.row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"Content-Disposition": f'attachment; filename="esar-linkage-{year}-{number}.xlsx"'}
    return HttpResponse(out.getvalue(), kind, headers=headers)
