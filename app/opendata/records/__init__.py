"""What was fixed once and stays: the files of a count, the rule card of a vote, the figures of a report."""
