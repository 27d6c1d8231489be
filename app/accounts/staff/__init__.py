"""Staff: how people with a role sign in, with a password and a second factor."""
