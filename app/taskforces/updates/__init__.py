"""What a task force tells residents about a project: what changed, why, and what happens next."""
