"""Help prices: what common things cost, kept by the clerk, so that a first estimate is not a guess in the dark."""
