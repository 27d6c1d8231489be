"""The money of projects by phase and month, as a Fiscal Data Package: a table and what describes it."""
