"""Task forces: the bodies with a chair from each side that see a funded project through."""
