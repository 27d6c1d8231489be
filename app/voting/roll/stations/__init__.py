"""A shared computer at a polling place: one voter after another, and nothing left behind."""
