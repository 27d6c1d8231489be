"""The proof of one leaf: where it stands and the path to a signed head, for whoever has its code."""
