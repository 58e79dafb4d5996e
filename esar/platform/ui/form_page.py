"""A page around a form: shown at first, and again with what was typed and why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from esar.platform.ui.forms import Form


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None where the form is shown for the first time."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: Form, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """The page; a form that was sent and is shown again was refused, which is a 422."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
