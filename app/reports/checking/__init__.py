"""Checking a report somebody holds: by the code at its foot, or by its file, whose hash the browser works out."""
