"""Organizations: the bodies that nominate people for seats, lead projects or take part in them."""
