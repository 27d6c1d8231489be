"""What people wrote, said again in another language: who translated it, who read it over, and when."""
