"""Withdrawals: a proposal that was taken back leaves its number, a day and perhaps a reason, and none of its words."""
