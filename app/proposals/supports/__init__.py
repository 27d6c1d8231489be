"""Supports: residents say before the ballot that they would like to see a proposal on it."""
