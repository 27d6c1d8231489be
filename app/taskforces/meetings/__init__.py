"""Meetings of a task force: noticed in time, held in public, with outcomes and minutes that stay."""
