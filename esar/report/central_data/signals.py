"""What others may want to know as it happens, in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

values_published = Signal()  # values, at: central values that count from now on
