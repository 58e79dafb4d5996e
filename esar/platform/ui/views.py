"""What belongs to every page: the language, and the pages that say what went wrong."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.kernel.problems import Refused
from esar.kernel.spelling import register_code
from esar.kernel.wording import problem_words
from esar.platform.ui.day_asked import NotADay
from esar.platform.ui.doors import EVERYONE, door_of, open_to_all
from esar.platform.ui.language import COOKIE, KNOWN, ONE_YEAR
from esar.platform.ui.typed import page_before, typed_words


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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason: dict[str, object] = {"code": "page.bad_request"}  # what was sent may be what is wrong
    if isinstance(exception, NotADay):
        reason = {"code": "page.not_a_day", "value": str(exception), "typed": _typed_here(request)}
    return render(request, "ui/error.html", reason, status=400)


def _typed_here(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed on a page of ours: what another site sent is not to be read as our words.

    Nothing where it cannot be read any more.
    """
    try:
        return typed_words(request) if page_before(request) else []
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return []


def back_to(request: HttpRequest, name: str) -> HttpResponse:
    """To the page the reader came from, or to the named one."""
    return redirect(page_before(request) or name)


def refusal(request: HttpRequest, refused: Refused, status: int = 422) -> HttpResponse:
    """Every reason, in sentences: 403 where it is a matter of who, else the status."""
    language = get_language() or "th"
    sentences = [problem_words(problem, language) for problem in refused.problems]
    is_about_people = all(
        problem.code.startswith(("access.", "people.")) for problem in refused.problems
    )
    context = {
        "sentences": sentences,
        "back": page_before(request) or reverse("public:home"),
        "there": [problem.there for problem in refused.problems if problem.there],
        "typed": typed_words(request),
    }
    return render(request, "ui/refused.html", context, status=403 if is_about_people else status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    context = {"code": "page.csrf", "typed": _typed_here(request)}
    return render(request, "ui/error.html", context, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """The way to sign in and back; with what was typed, where something was.

    After a form was sent one comes back to the page it was on: its address may take forms only.
    """
    before = urlsplit(page_before(request))
    page = urlunsplit(("", "", before.path, before.query, ""))
    here = page if request.method == "POST" and page else request.get_full_path()
    answer = redirect_to_login(here, settings.LOGIN_URL)
    typed = typed_words(request)
    if not typed or request.headers.get("X-Autosave") == "1":
        return answer
    context = {"typed": typed, "sign_in": answer.url}
    return render(request, "ui/signed_out.html", context, status=401)


def second_step_due(request: HttpRequest) -> HttpResponse:
    """The way to where a second step is set up; with what was typed, where something was sent."""
    if request.method in ("GET", "HEAD"):
        return redirect("mfa_index")
    context = {"typed": typed_words(request)}
    return render(request, "ui/second_step_due.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django names it
    proper = _in_capitals(request)
    if proper is not None:
        return redirect(proper, permanent=True)
    context = {"code": "page.not_found", "typed": _typed_here(request)}
    return render(request, "ui/error.html", context, status=404)


def _in_capitals(request: HttpRequest) -> str | None:
    """The address of a public page whose code was typed in small letters; None without such a page.

    Registers keep codes in capitals: /agencies/th-74/ is /agencies/TH-74/.
    """
    match = request.resolver_match
    typed = str(match.kwargs.get("code", "")) if match else ""
    if match is None or request.method not in ("GET", "HEAD") or register_code(typed) == typed:
        return None
    door = door_of(match.func, match.url_name or "")
    if door is None or door[0] != EVERYONE:
        return None
    of_page = {**match.kwargs, "code": register_code(typed)}
    try:
        match.func(request, **of_page)
    except Http404:
        return None
    except (BadRequest, Refused):
        pass  # the page is there, and says itself what is wrong with what was asked of it
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs=of_page) + (f"?{query}" if query else "")


def server_error(request: HttpRequest) -> HttpResponse:
    context = {"code": "page.server_error", "typed": _typed_here(request)}
    return render(request, "ui/error.html", context, status=500)
