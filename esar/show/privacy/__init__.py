"""Personal data: what the site holds and why, a copy of one's own, and asking for a correction."""
