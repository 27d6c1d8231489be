"""The road of a project from the idea to what came of it, each step with its proof (attribution)."""
