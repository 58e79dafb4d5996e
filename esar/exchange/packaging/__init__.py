"""A published year as an open data package, and its replay. Pure."""
