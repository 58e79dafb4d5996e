"""The rules of a year, the score and the projections. Pure."""
