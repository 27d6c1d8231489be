"""What a progress report tells of people: questions, meetings, seats, interests, and what the council is asked."""
