"""Sheets: the milestones of a project as a table and as a calendar, and a plan that comes as a table."""
