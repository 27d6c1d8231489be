"""Clashes: two proposals that cannot both be done, said in the open and settled before the ballot is fixed."""
