"""Followers: who hears of a project, a task force or a neighborhood's cycles, found by the worker, each once."""
