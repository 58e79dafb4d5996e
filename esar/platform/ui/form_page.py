"""A page around a form: shown at first, and again with what was typed and why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from esar.platform.ui.forms import Form


def form_page(
    request: HttpRequest, form: Form, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """The page; a form that was sent and is shown again was refused, which is a 422."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
