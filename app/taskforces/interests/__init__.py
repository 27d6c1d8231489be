"""Declared interests: public, and where they say so whoever declared one does not sign or vote (rule 3)."""
