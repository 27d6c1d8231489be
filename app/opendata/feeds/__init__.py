"""What task forces tell and what goes wrong, as Atom feeds that programs read again and again (RFC 4287)."""
