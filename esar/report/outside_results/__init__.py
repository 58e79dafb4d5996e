"""What came of sub-indicators at bodies that OPDC does not evaluate: sent when the year is over."""
