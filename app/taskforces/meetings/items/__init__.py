"""The agenda of a meeting, item by item, with its papers."""
