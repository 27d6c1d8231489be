"""Effects: whether what was done about a setback helped, measured by one side and concluded by the other."""
