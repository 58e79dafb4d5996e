"""What others may want to know as it happens, in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

decided = Signal()  # assessment, by, at: the last level has passed it on
