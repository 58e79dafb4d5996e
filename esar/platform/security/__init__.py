"""Who came in, from where, and what they carried out: a log of its own, which is not for ever."""
