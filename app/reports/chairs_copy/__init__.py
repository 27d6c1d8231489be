"""The agenda for those who lead a meeting, with their notes, on paper: made when it is asked for, and never kept."""
