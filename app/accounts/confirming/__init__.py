"""Confirming: before a grave step, whoever uses a browser proves once more who they are."""
