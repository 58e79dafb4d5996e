"""The law as data: a year's folder in, one frozen `Rulebook` out, or every mistake in it."""
