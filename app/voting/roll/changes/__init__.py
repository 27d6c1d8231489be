"""Changes of a roll that is frozen: two people of the board, a public reason, and the published hash stays."""
