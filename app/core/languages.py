"""The languages Lamplight speaks, each under its own name."""

LANGUAGES = {"en": "English", "es": "Español"}
