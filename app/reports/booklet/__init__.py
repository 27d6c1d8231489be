"""R2, the ballot booklet: everything a voter needs at the kitchen table, from who may vote to every project."""
