"""R13, the delivery block of the quarterly dashboard: projects by state, milestones on time, money."""
