"""Paper ballots: boxes and their stock, stubs on the roll, batches entered twice, and the sums that must agree."""
