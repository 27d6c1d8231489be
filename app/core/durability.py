"""Whether the database keeps what it has acknowledged through a crash: asked before a vote may open."""

import sqlalchemy as sa

from app.core.db import db

# Setting → the answers that lose nothing that was acknowledged (voting.md section 4, "Settings").
SAFE_SQLITE = {
    "PRAGMA journal_mode": ("wal",),
    "PRAGMA synchronous": ("2", "3"),
    "PRAGMA foreign_keys": ("1",),
    "PRAGMA secure_delete": ("1",),
}
SAFE_POSTGRESQL = {
    "SHOW fsync": ("on",),
    "SHOW synchronous_commit": ("on", "remote_apply"),
    "SHOW full_page_writes": ("on",),
}


def durability_problems() -> list[str]:
    """Every setting of this connection that could lose or bend an acknowledged vote, as `setting = value`."""
    safe = SAFE_POSTGRESQL if db.session.get_bind().dialect.name == "postgresql" else SAFE_SQLITE
    found = {question: str(db.session.execute(sa.text(question)).scalar_one()) for question in safe}
    return [f"{question.split()[1]} = {answer}" for question, answer in found.items() if answer not in safe[question]]
