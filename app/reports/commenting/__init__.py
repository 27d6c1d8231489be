"""A draft of a report lies open for comments of residents, and the edition prints them with what came of each."""
