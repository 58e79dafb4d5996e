"""Sentences of `esar.plans`."""

SENTENCES: dict[str, tuple[str, str]] = {}
