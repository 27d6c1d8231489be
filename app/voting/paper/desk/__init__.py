"""The desk: ballots handed out, taken back, spoiled or lost, each by its stub."""
