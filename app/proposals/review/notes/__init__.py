"""Internal notes: what officers write down for each other while they review; never published."""
