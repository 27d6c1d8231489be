"""Sealing: ballots that nobody can read before the close, pure, and alone in knowing the sealing library."""
