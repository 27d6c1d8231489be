"""Work: what the task forces of Riverside have done, said and signed since their projects were funded."""
