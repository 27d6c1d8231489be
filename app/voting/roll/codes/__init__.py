"""Codes sent by post: one proves an address, one lets somebody without an account vote."""
