"""Mutation: what decides is changed on purpose, one place at a time; a test must notice each.

`python -m tools.mutation` plays every group of `groups.py`; `make mutants` says the same.
"""
