"""What a progress report tells of projects: how they stand, what changed, their milestones and their setbacks."""
