"""Strategic KPIs of ministries, and what of them reaches the departments' scorecards."""
