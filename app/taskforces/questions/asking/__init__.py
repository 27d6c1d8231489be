"""Asking: in the web with or without an account, and on paper at the desk; and what whoever asked sees of it."""
