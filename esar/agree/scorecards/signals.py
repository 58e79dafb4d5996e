"""What others may want to know as it happens, in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

in_force = Signal()  # scorecard, at: a version of it has just come into force
