"""Residents are asked whether a completed project does what was promised: one question, on the web and on paper."""
