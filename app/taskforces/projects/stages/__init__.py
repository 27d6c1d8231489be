"""Stages: which step of a project follows which, by whose hand, and on what condition."""
