"""Asking: how money is put before both sides of a task force, by whom, and with which document."""
