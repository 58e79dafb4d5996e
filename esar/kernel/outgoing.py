"""How long we wait for another program: the one place for every connection that goes out."""

from __future__ import annotations

SECONDS = 5  # to be connected, and for each step of an answer
SECONDS_OF_A_MEGABYTE = 1  # more, where the answer comes after a whole file was read
