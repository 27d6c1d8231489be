"""Changing a roll after it was frozen: two persons, a public reason, the published hash stays."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.voting.ballots.services import NotCast
from app.voting.board import services as boards
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot
from app.voting.models import RollEntry
from app.voting.queries import final_envelope_count, roll_is_whole, turnout, vote_facts
from app.voting.roll import queries
from app.voting.roll.models import RollChange
from app.voting.rules import Channel, CodeVoter, Refusal
from tests import make
from tests.browser import Browser
from tests.voting.roll.lists import clerk_of, listed

REASON = "Moved here before the day, shown at the desk."


def add(cycle_id, key, reason=REASON):
    return make.agreed(ActKind.ADD_TO_ROLL, cycle_id, line=key, reason=reason)


def strike(cycle_id, key, reason="Entered twice under two names."):
    return make.agreed(ActKind.STRIKE_FROM_ROLL, cycle_id, line=key, reason=reason)


def a_late_line(vote):
    line = listed(vote.cycle, "Mia Lund")
    return f"l{line.id.hex()}", line.id


def test_somebody_added_votes_and_the_published_hash_stays(app):
    vote, _roll = make.open_vote()
    key, line_id = a_late_line(vote)
    published = (vote.roll_hash, vote.roll_size)
    add(vote.cycle_id, key)
    entry_id = db.session.scalar(sa.select(RollEntry.id).where(RollEntry.listing_id == line_id))
    make.cast(vote, CodeVoter(entry_id=entry_id), [1])
    seen = vote_facts(vote.cycle_id)
    assert (seen.roll_hash, seen.roll_size) == published and roll_is_whole(seen)
    assert [(c.number, c.reason) for c in queries.changes(vote.id)] == [(1, REASON)]


def test_what_somebody_struck_had_cast_is_not_counted(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    make.cast(vote, ada, [1])
    make.cast(vote, ben, [2])
    strike(vote.cycle_id, f"p{ada.id}")
    with pytest.raises(NotCast) as refused:
        make.cast(vote, ada, [1])
    assert refused.value.refusal is Refusal.STRUCK
    assert final_envelope_count(vote.id) == 1 and roll_is_whole(vote_facts(vote.cycle_id))
    assert turnout(vote_facts(vote.cycle_id)) == 0


def test_somebody_struck_by_mistake_is_put_back_with_what_they_had_cast(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    make.cast(vote, ada, [1])
    for key in (f"p{ada.id}", f"p{ben.id}"):
        strike(vote.cycle_id, key)
        add(vote.cycle_id, key, "Struck by mistake: two people of one name.")
    assert final_envelope_count(vote.id) == 1 and roll_is_whole(vote_facts(vote.cycle_id))
    make.cast(vote, ben, [2])
    assert [change.kind.value for change in queries.changes(vote.id)] == ["struck", "restored"] * 2


def test_a_void_line_without_a_change_is_noticed(app):
    vote, _roll = make.open_vote()
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=Channel.VOID))
    assert not roll_is_whole(vote_facts(vote.cycle_id))


def test_one_person_alone_changes_nothing_and_the_try_is_on_record(app):
    vote, [ada] = make.open_vote()
    first, _second, _observer = make.board_of(vote.cycle_id)
    answers = {"line": f"p{ada.id}", "reason": "Entered twice under two names."}
    asked = boards.request(vote.cycle_id, ActKind.STRIKE_FROM_ROLL, answers, by=first)
    with pytest.raises(MayNot):
        boards.approve(asked, action(vote.cycle_id, asked.hex()).hash, by=first)
    assert db.session.scalars(sa.select(RollEntry.channel)).all() == [Channel.NONE]
    kinds = db.session.scalars(sa.select(AuditEntry.kind)).all()
    assert "ActRefused" in kinds and "StruckFromRoll" not in kinds


def test_a_change_by_one_person_cannot_be_written_down(app):
    vote, [ada] = make.open_vote()
    entry_id = db.session.scalar(sa.select(RollEntry.id))
    alone = {"requester_id": ada.id, "approver_id": ada.id, "changed_at": vote.opens_at, "reason": REASON}
    with pytest.raises(IntegrityError, match="two_persons_change_the_roll"), transaction():
        db.session.add(RollChange(vote_id=vote.id, number=1, kind="added", roll_entry_id=entry_id, **alone))


def test_a_change_is_never_edited(app):
    vote, [ada] = make.open_vote()
    strike(vote.cycle_id, f"p{ada.id}")
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(sa.update(RollChange).values(reason="Something else entirely."))


@pytest.mark.parametrize("channel", [Channel.PAPER_ISSUED, Channel.PAPER_RETURNED, Channel.VOID])
def test_a_line_whose_paper_is_out_or_in_the_box_is_not_struck(app, channel):
    vote, [ada] = make.open_vote()
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=channel))
    with pytest.raises(DomainError):
        strike(vote.cycle_id, f"p{ada.id}")


def test_nobody_gets_a_second_line(app):
    vote, [ada] = make.open_vote()
    with pytest.raises(DomainError) as refused:
        add(vote.cycle_id, f"p{ada.id}")
    assert refused.value.code == "on_roll"
    twin = listed(vote.cycle, ada.name, address="1 Mill Lane")
    with pytest.raises(DomainError) as refused:
        add(vote.cycle_id, f"l{twin.id.hex()}")
    assert refused.value.code == "unsettled"


def test_a_roll_is_changed_only_while_voting_is_open_and_with_a_reason(app):
    vote, [ada] = make.open_vote()
    with pytest.raises(DomainError) as refused:
        strike(vote.cycle_id, f"p{ada.id}", reason="so")
    assert refused.value.field == "reason"
    make.close(vote.cycle_id)
    with pytest.raises(DomainError) as refused:
        strike(vote.cycle_id, f"p{ada.id}")
    assert refused.value.code == "not_open"


def test_a_strike_that_is_undone_by_hand_is_noticed(app):
    vote, [ada] = make.open_vote()
    strike(vote.cycle_id, f"p{ada.id}")
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=Channel.NONE))
    assert not roll_is_whole(vote_facts(vote.cycle_id))


def test_a_member_asks_on_the_page_of_the_line_and_everybody_who_watches_reads_the_change(app):
    vote, [ada] = make.open_vote()
    first, second, observer = make.board_of(vote.cycle_id)
    page = Browser(app).sign_in(make.account(first)).open(f"/office/roll/{vote.cycle_id}/lines/p{ada.id}")
    page = page.follow("Ask the board to strike it").press("Ask the board", reason="Entered twice under two names.")
    assert "The board is asked" in page.text
    page = Browser(app).sign_in(make.account(second)).open(page.path)
    assert "Done: Strike" in page.press("I agree: Strike somebody from the roll").text
    for address in (f"/office/roll/{vote.cycle_id}", f"/roll/{vote.cycle_id}"):
        shown = Browser(app).sign_in(make.account(observer)).open(address)
        assert "Somebody was struck Entered twice under two names." in shown.text and ada.name not in shown.text


def test_a_clerk_who_is_not_on_the_board_cannot_ask(app):
    vote, [ada] = make.open_vote()
    stranger = make.fresh(clerk_of(vote.cycle.neighborhood_id))
    answers = {"line": f"p{ada.id}", "reason": "Entered twice under two names."}
    with pytest.raises(MayNot):
        boards.request(vote.cycle_id, ActKind.STRIKE_FROM_ROLL, answers, by=stranger)
