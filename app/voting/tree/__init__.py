"""The public log's arithmetic, pure: the hash tree of RFC 9162, signed tree heads and receipts."""
