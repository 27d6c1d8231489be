"""What the indicators of a neighborhood were in the year of a report and in the one before."""
