"""Meetings: those with a seat are told of each with a file for their calendar, and so are followers who want it."""
