"""Publication: what a vote publishes of its ballots at each level, made so that no small group stands alone."""
