"""Returns: what a project did not spend goes back to the pot by the rule that was printed before the vote."""
