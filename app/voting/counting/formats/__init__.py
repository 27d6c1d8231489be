"""Files of ballots, ours and those of others: .pb, BLT, grouped CSV."""
