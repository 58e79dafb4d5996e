"""What belongs to every page: the language, and the pages that say what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.kernel.problems import Refused
from esar.kernel.wording import problem_words
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.language import COOKIE, KNOWN, ONE_YEAR


@open_to_all
@require_safe
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the language and go back to where the reader was."""
    back = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(
        back if here and back.startswith("/") else reverse("public:home")
    )
    if language in KNOWN:
        response.set_cookie(COOKIE, language, max_age=ONE_YEAR, samesite="Lax", httponly=True)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    return render(request, "ui/error.html", {"code": "page.bad_request"}, status=400)


def _referer(request: HttpRequest) -> str:
    """The page of ours that the reader came from, or nothing."""
    back = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if here else ""


def back_to(request: HttpRequest, name: str) -> HttpResponse:
    """To the page the reader came from, or to the named one."""
    return redirect(_referer(request) or name)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Every reason, in sentences: 403 where it is a matter of who, else 422."""
    language = get_language() or "th"
    sentences = [problem_words(problem, language) for problem in refused.problems]
    is_about_people = all(
        problem.code.startswith(("access.", "people.")) for problem in refused.problems
    )
    context = {"sentences": sentences, "back": _referer(request) or reverse("public:home")}
    return render(request, "ui/refused.html", context, status=403 if is_about_people else 422)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "ui/error.html", {"code": "page.csrf"}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    return render(request, "ui/error.html", {"code": "page.not_found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/error.html", {"code": "page.server_error"}, status=500)
