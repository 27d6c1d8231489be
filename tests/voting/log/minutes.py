"""Ten minutes at a time: the log of a test is grown as the worker does it, without a worker."""

from datetime import timedelta

from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.jobs import run_waiting
from app.voting.log import queries, services


def pass_ten(vote_id: bytes, times: int = 1):
    """Let ten minutes pass and the batch run; returns the last head."""
    for _ in range(times):
        last = queries.last_head(vote_id)
        db.session.rollback()
        later = max(now(), last.at) + timedelta(minutes=10) if last else now()
        with clock.at(later):
            services.leave_batches()
            run_waiting()
    db.session.rollback()
    return queries.last_head(vote_id)
