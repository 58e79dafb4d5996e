"""What others may want to know as it happens, in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

submitted = Signal()  # report, version, at: it was sent in
