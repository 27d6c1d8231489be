"""What voters are promised, what holds each promise, and what nobody can promise them."""
