"""Books: the money of a project as its pages show it, and what somebody may do with it."""
