"""No row joins a voter with the moment of their cast, and what must know it for a while forgets it."""

from datetime import timedelta

import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db, transaction
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.voting.models import Envelope, RollEntry
from app.voting.notices import services as notices
from app.voting.roll.codes import services as codes
from app.voting.roll.codes.models import CodeVisit
from app.wiring import EVERY_MINUTE
from tests import make
from tests.privacy.votes import PEOPLE


def moments(person_id: int) -> set[str]:
    """Every row, in any table, that holds a moment and is of this person, their line of the roll or their envelope."""
    entry = sa.select(RollEntry.id).where(RollEntry.person_id == person_id)
    entries = set(db.session.scalars(entry))
    leaves = set(db.session.scalars(sa.select(Envelope.leaf).where(Envelope.roll_entry_id.in_(entries))))
    found = set()
    for table in db.metadata.sorted_tables:
        if not any(isinstance(getattr(column.type, "impl", column.type), sa.DateTime) for column in table.columns):
            continue
        for row in db.session.execute(sa.select(table)).mappings():
            theirs = any((table.name, name) in PEOPLE and value == person_id for name, value in row.items())
            if theirs or {value for value in row.values() if isinstance(value, bytes)} & (entries | leaves):
                found.add(f"{table.name}: {dict(row)}")
    db.session.rollback()
    return found


def test_no_row_joins_a_voter_with_the_moment_of_their_cast(app):
    vote, [voter] = make.open_vote()
    before = moments(voter.id)
    make.cast(vote, voter, [1])
    notices.tell(vote.id)
    assert moments(voter.id) == before


def test_the_check_notices_a_mail_that_is_written_with_the_cast(app):
    vote, [voter] = make.open_vote()
    before = moments(voter.id)
    with transaction():
        facts = {"kind": MailKind.PROPOSAL_RECEIVED, "facts": {}, "written_at": now()}
        db.session.add(Message(person_id=voter.id, **facts))
    assert len(moments(voter.id) - before) == 1


def test_the_visit_of_a_code_is_forgotten_within_a_minute_of_its_end(app):
    make.open_vote()
    entry_id = db.session.scalar(sa.select(RollEntry.id))
    with transaction():
        ends = {"ends_at": now() + timedelta(minutes=2), "at_station": False, "has_cast": True}
        db.session.add(CodeVisit(key_hash=bytes(32), roll_entry_id=entry_id, **ends))
    codes.drop_ended()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CodeVisit)) == 1
    with transaction():
        db.session.execute(sa.update(CodeVisit).values(ends_at=now() - timedelta(seconds=5)))
    codes.drop_ended()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CodeVisit)) == 0
    assert codes.drop_ended in EVERY_MINUTE
