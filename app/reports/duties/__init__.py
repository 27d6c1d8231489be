"""What reports are due: for which subject and time, by which day, and which of them are late, for everybody to see."""
