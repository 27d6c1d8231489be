"""R5, the decision letter to a proposer: what was decided, why, what can be done; one by one or for a whole cycle."""
