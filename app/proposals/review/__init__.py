"""Review: officers judge and cost proposals in the open, with a reason for every decision."""
