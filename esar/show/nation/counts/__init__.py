"""One module for each group of tables. What is imported here has registered its tables."""

from esar.show.nation.counts import (
    agendas,
    committees,
    differences,
    frame,
    obstacles,
    points,
    provinces,
    questions,
    requests,
    road,
    sent,
    strategic,
    targets,
)

__all__ = [
    "agendas",
    "committees",
    "differences",
    "frame",
    "obstacles",
    "points",
    "provinces",
    "questions",
    "requests",
    "road",
    "sent",
    "strategic",
    "targets",
]
