"""What came of a meeting: notes, decisions and actions, written down while it is in session."""
