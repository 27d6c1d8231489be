"""Recounts: the board asks for another count of the same ballots without a project that was withdrawn."""
