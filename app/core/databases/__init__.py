"""What the two databases are asked beyond their rows: whether they keep them, and whose turn it is to write."""
