"""One path a view."""

from __future__ import annotations

urlpatterns: list = []
