"""Stories of finished milestones: how it was, how it is, who did it, and what somebody says about it."""
