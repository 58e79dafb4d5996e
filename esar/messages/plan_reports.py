"""Sentences of `esar.plan_reports`."""

SENTENCES: dict[str, tuple[str, str]] = {}
