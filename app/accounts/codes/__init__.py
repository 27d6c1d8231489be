"""Codes: six digits and a link sent by mail, good for one use and ten minutes."""
