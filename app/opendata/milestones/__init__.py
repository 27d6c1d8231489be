"""Every promise of every project as one table: what was to be done by when, what is expected, what was done."""
