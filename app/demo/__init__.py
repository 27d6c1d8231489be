"""The demo: the invented neighborhood of Riverside, lived through by the real services at pretended times."""
