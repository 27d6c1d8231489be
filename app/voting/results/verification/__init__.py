"""Verification: a result counted again from its closed ballot set and held to what is on record, byte by byte."""
