"""Short texts: what the ballot will say about a proposal in at most 60 words, approved by its author."""
