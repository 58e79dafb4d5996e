"""One module for each group of tables. What is imported here has registered its tables."""

from esar.show.nation.counts import (
    agendas,
    committees,
    frame,
    provinces,
    questions,
    road,
    strategic,
)

__all__ = ["agendas", "committees", "frame", "provinces", "questions", "road", "strategic"]
