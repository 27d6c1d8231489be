"""The commands of the house, each registered from its package."""

from flask import Flask


def register_commands(app: Flask) -> None:
    """Add every package's command group to `flask`."""
