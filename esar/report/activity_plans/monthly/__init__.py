"""What came of a plan of activities: monthly reports, savings, energy, and what they add up to."""
