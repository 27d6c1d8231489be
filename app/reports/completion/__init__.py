"""R9, the completion report of a project: what was promised, what came of it, who has verified it, what is left."""
