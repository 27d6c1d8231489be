"""What `make bench` runs: the speed of the counts, each measured in a process of its own, as ratios of one run."""
