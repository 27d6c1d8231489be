"""Pictures of updates, each with the words for people who do not see it."""
