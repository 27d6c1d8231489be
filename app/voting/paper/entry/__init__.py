"""Entry: every slip typed twice by different accounts, and a third look where the two differ."""
