"""Sentences of `esar.letters`."""

SENTENCES: dict[str, tuple[str, str]] = {}
