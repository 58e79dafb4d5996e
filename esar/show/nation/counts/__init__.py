"""One module for each group of tables. What is imported here has registered its tables."""

from esar.show.nation.counts import frame

__all__ = ["frame"]
