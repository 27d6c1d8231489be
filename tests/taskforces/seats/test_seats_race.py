"""Somebody who says yes twice at the same moment does not sit on both sides (rule 3), on either database."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.seats import queries
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.rules import Side
from tests import make


def accept_at_once(app, asked):
    def one(pair):
        with app.app_context():
            try:
                offers.accept(pair[0], by=pair[1])
            except (DomainError, sa.exc.IntegrityError):
                return False
            return True

    with ThreadPoolExecutor(len(asked)) as threads:
        return list(threads.map(one, asked))


def test_somebody_who_accepts_on_both_sides_at_once_sits_on_one(app):
    for _ in range(2):
        ada, where = make.person(), make.neighborhood()
        one, other = make.task_force(where=where), make.task_force(where=where)
        me = make.actor_for(ada)
        theirs = make.seat_offer(other, person=ada, side=Side.INSTITUTION)
        asked = [(make.seat_offer(one, person=ada).id, me), (theirs.id, me)]
        ids = [one.id, other.id]
        db.session.rollback()
        assert sorted(accept_at_once(app, asked)) == [False, True]
        db.session.rollback()
        assert len(queries.co_chairs(ids, today())) == 1
