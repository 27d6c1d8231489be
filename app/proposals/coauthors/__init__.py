"""Co-authors: who writes a proposal with its author, by invitation and with their own yes."""
