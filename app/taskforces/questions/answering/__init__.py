"""Answering: a draft, the answer, the rating of whoever asked, and the end."""
