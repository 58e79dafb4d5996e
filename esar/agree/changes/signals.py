"""What others know that a change request asks for."""

from __future__ import annotations

from django.dispatch import Signal

achieved_asked = Signal()  # scorecard, number: receivers answer a list of KnownFigure
