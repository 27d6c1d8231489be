"""Priorities: what an assembly of the neighborhood agreed matters most this year, before proposals are collected."""
