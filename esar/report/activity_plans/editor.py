"""The page that a plan, or a request to change one, is written on; both save by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_words
from esar.platform.ui.lists import number_of
from esar.report.activity_plans.checks import check
from esar.report.activity_plans.content import MOST
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.grid import MARKS, grid, read
from esar.report.activity_plans.law import Law
from esar.report.activity_plans.models import Plan, PlanChange


def context(content: PlanContent, law: Law, *, rows: int = 0, **more: Any) -> dict[str, Any]:
    """What the grid to write in needs: at least as many rows as the law wants activities."""
    at_least = max(law.plan.value.activities, min(rows, MOST))
    return {
        "grid": grid(content, law, at_least=at_least),
        "law": law,
        "marks": MARKS,
        "checked": check(content, law),
    } | more


def typed(request: HttpRequest, law: Law) -> tuple[dict[str, Any], int]:
    """The rows of the form, and the revision the writer had before them. Errors: Refused."""
    revision = number_of(request.POST.get("revision", ""))
    if revision is None:
        raise Refused([Problem("plan.not_a_form")])
    return read(request.POST, law), revision


def is_alone(request: HttpRequest) -> bool:
    """Whether the page saved by itself."""
    return request.headers.get("X-Autosave") == "1"


def is_stale(refused: Refused) -> bool:
    """Whether it was refused because another saving was faster."""
    return any(one.code.startswith("plan.changed_") for one in refused.problems)


def saved_alone(
    request: HttpRequest,
    law: Law,
    save: Callable[[], Plan | PlanChange],
    there: Callable[[], PlanContent],
) -> HttpResponse:
    """The answer to a page that saves by itself: the checks anew, or why it was not saved.

    When another was faster: 409, and what they wrote.
    """
    try:
        draft = save()
    except Refused as refused:
        language = get_language() or "th"
        answer: dict[str, Any] = {
            "problems": [problem_words(one, language) for one in refused.problems]
        }
        if is_stale(refused):
            answer["html"] = render_to_string(
                "activity_plans/_grid.html", {"grid": grid(there(), law)}, request
            )
        return JsonResponse(answer, status=409 if is_stale(refused) else 422)
    html = render_to_string(
        "activity_plans/_checks.html", {"checked": check(draft.planned, law)}, request
    )
    return JsonResponse({"revision": draft.revision, "html": html})
