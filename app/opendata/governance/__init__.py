"""Who sits in which task force for whom, as Popolo: organizations, posts and memberships with their dates."""
