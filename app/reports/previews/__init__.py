"""A report as its next edition would be, made the same way and kept nowhere: to be looked at, and for open drafts."""
