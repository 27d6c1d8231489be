"""Updates in the other languages of the neighborhood."""
