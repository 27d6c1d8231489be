"""Steps: a count told one decision at a time, so that a newcomer can follow it forwards and backwards."""
