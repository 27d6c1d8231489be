"""Authenticator: a resident connects an app as a second factor, because they sign for others (domain rule 8)."""
