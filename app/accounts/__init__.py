"""Accounts: people, how they sign in, where they live, and the roles they hold for a time."""
