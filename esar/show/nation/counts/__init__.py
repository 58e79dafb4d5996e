"""One module for each group of tables. What is imported here has registered its tables."""

from esar.show.nation.counts import agendas, frame

__all__ = ["agendas", "frame"]
