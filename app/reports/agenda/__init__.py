"""R10, the notice of a meeting as a poster, its agenda, and the papers to read, in one pack."""
