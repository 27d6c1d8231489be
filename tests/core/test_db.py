"""One function commits, and what must not be lost or half done is not."""

import pytest
import sqlalchemy as sa

from app.core.db import WorkOutsideTransaction, after_commit, db, transaction
from app.places.models import Neighborhood
from tests import make


def names() -> list[str]:
    return list(db.session.scalars(sa.select(Neighborhood.name)))


def test_a_refusal_leaves_no_trace(app):
    with pytest.raises(RuntimeError), transaction():
        db.session.add(Neighborhood(slug="a", name="A", summary="", time_zone="UTC", currency="USD", languages=["en"]))
        db.session.flush()
        raise RuntimeError
    assert names() == []


def test_inner_blocks_join_and_the_outermost_commits(app):
    with pytest.raises(RuntimeError), transaction():
        with transaction():
            db.session.add(
                Neighborhood(slug="a", name="A", summary="", time_zone="UTC", currency="USD", languages=["en"])
            )
        raise RuntimeError
    assert names() == []


def test_a_change_outside_a_transaction_is_refused_not_lost(app):
    row = make.neighborhood(name="Old")
    row.name = "New"
    with pytest.raises(WorkOutsideTransaction), transaction():
        pass


def test_news_goes_out_only_after_the_commit(app):
    heard = []
    with transaction():
        after_commit(lambda: heard.append("done"))
        assert heard == []
    assert heard == ["done"]


def test_a_row_is_read_again_when_the_transaction_begins(app):
    row = make.neighborhood(name="Old")
    assert row.name == "Old"
    db.session.rollback()
    with db.engine.connect().execution_options(writes=True) as other:
        other.execute(sa.text("UPDATE neighborhood SET name = 'New'"))
        other.commit()
    with transaction():
        assert row.name == "New"
