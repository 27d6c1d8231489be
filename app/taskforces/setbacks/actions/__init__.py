"""Corrective actions: each step of a plan, from begun to verified by the other side."""
