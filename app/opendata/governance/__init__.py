"""Who decides what, as Popolo: organizations, posts, memberships with their dates, meetings, motions and votes."""
