"""International indexes: OPDC keeps each once, and one value serves all KPIs that name it."""
