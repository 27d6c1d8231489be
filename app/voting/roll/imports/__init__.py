"""Bringing an official list onto the roll: row by row, with a preview, and taken back as a whole."""
