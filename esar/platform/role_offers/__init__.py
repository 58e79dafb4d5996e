"""Roles that are offered to people: to have, or for a time in place of somebody."""
