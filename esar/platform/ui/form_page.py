"""A page around a form: shown at first, and again with what was typed and why it was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from esar.platform.ui.forms import Form, ListFileForm, lazy_say


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None where the form is shown for the first time."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: Form, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """The page; a form that was sent and is shown again was refused, which is a 422."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def list_file_page(
    request: HttpRequest,
    label: str,
    take_in: Callable[[bytes, str], Any],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """The page that takes a list in: `take_in` has the bytes and the name of the file, and gives
    an `Intake`. A file that was refused, or has a row to correct, is a 422.
    """
    form = ListFileForm(posted(request), request.FILES or None, label=lazy_say(label))
    loaded = None
    if form.is_valid():
        with form.refusing():
            loaded = take_in(*form.content())
    is_refused = form.is_bound and (loaded is None or bool(loaded.problems))
    status = 422 if is_refused else 200
    return render(request, template, {"form": form, "loaded": loaded, **context}, status=status)
