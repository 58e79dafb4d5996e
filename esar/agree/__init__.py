"""What is agreed before the year: scorecards, and the committees that decide."""
