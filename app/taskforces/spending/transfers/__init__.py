"""Transfers: money moved between projects, released from the reserve, or given from outside."""
