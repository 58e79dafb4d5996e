"""Mail waits in the database and goes out by the worker (ADR 40)."""
