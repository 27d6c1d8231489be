"""From a prepared finding to a public one: a second officer above the threshold, several published at once."""
