"""The end of a vote: its result is declared final, and what could still be opened is destroyed."""
