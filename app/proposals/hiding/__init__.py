"""Hiding: a picture, a PDF or an older text that somebody reported is hidden with a public reason, and shown again."""
