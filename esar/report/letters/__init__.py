"""Circular letters: sent with attachments to a list, received by each."""
