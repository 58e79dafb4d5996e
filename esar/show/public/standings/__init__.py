"""Where bodies stand: every body of one kind in a round, ranked, and what its explanation tells."""
