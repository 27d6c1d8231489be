"""Where the ballots of a runoff went, count by count."""
