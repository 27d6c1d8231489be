"""A form sent twice acts once, also when both arrive together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from app.core.db import db, transaction
from app.core.once import once
from app.places.models import Neighborhood


def found(slug: str) -> int:
    row = Neighborhood(slug=slug, name="A", summary="", time_zone="UTC", currency="USD", languages=["en"])
    with transaction():
        db.session.add(row)
        db.session.flush()
        return row.id


def how_many() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Neighborhood)) or 0


def test_the_second_sending_finds_what_the_first_made(app):
    assert once("key", lambda: found("a")) == once("key", lambda: found("b"))
    assert how_many() == 1


def test_a_refused_form_may_be_sent_again(app):
    def refuse() -> int:
        raise ValueError

    for _ in range(2):
        try:
            once("key", refuse)
        except ValueError:
            pass
    assert once("key", lambda: found("a")) > 0


def together(app, count, act):
    gate = Barrier(count)

    def one(number: int) -> int:
        with app.app_context():
            gate.wait()
            return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_at_once_make_one(app):
    made = together(app, 4, lambda n: once("key", lambda: found(f"n{n}")))
    assert len(set(made)) == 1 and how_many() == 1


def test_the_twin_without_the_key_makes_several(app):
    together(app, 4, lambda n: found(f"n{n}"))
    assert how_many() == 4
