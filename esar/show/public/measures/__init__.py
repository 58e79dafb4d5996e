"""KPIs as what bodies share: who has each, what was asked of them, and what it came to."""
