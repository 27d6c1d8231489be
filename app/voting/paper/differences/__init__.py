"""Differences of paper that two members of the board have explained: shown to everybody, and counted by nobody."""
