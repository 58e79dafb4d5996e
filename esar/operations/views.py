"""What the doctor found when the worker had it look, for whoever must act on it or attest to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from esar.platform.history.models import CheckUp
from esar.platform.mail.queries import waiting
from esar.platform.organisations.models import Role
from esar.platform.ui.doors import signed_in

SHOWN = 30  # looks, a month of days


@signed_in(Role.ADMINISTRATOR, Role.AUDITOR)
@require_safe
def check_ups(request: HttpRequest) -> HttpResponse:
    looks = list(CheckUp.objects.all()[:SHOWN])
    context = {"looks": looks, "mail": waiting(timezone.now())}
    return render(request, "operations/check_ups.html", context)
