"""A second look: the author of a proposal that was turned down asks another officer to look again, once."""
