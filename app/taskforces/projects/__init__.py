"""Projects: what was funded, the promise made, and what became of it. Status is computed, never typed."""
