"""What others may follow: a role ended."""

from __future__ import annotations

from django.dispatch import Signal

role_ended = Signal()  # appointment, last (its last day), at
