"""Paper: a side signs a printed sheet, and a clerk attests it (domain rule 7)."""
