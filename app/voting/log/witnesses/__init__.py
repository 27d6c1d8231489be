"""Naming a witness of the log: two members of the board agree on a name and on every letter of a key."""
