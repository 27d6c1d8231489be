"""Notifications: mail as rows of an outbox, written with the change and sent later by a worker."""
