"""The sample check: an observer compares slips drawn by a public seed with what was entered."""
