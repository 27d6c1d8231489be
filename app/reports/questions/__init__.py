"""R12, the log of questions and answers of a task force for a quarter: who waited how long, and what was answered."""
