"""The ledgers of all cycles as one file: each entry as its own cycle's file has it, and which cycle that is."""
