"""Codes sent by post: how they look, that they exist in plain once, what they open, and what they never lead to."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import services as accounts
from app.accounts.models import Residence
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.accounts.services import RegisterResidence
from app.core import jobs
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.limits import TooMany
from app.voting.board.rules import ActKind
from app.voting.models import CountedBallot, Envelope
from app.voting.roll.codes import rules, services
from app.voting.roll.codes.models import CodeBatch, CodeVisit, PostalCode
from app.voting.roll.codes.rules import BatchStage, Purpose
from app.voting.roll.codes.services import TypedCode
from app.voting.roll.models import Listing
from tests import make
from tests.voting.roll.codes import batch, open_vote_with_cards, read_off
from tests.voting.roll.lists import clerk_of, listed

WRONG = rules.written(12345)


def typed(code, place="10.0.0.1", **more):
    return services.enter(TypedCode(typed=code, place=place, **more))


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


@given(st.integers(0, 2**64 - 1))
def test_a_code_is_read_as_it_was_written(value):
    text = rules.written(value)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}", text)
    assert rules.read(text) == rules.read(text.lower().replace("-", " ")) == value


@given(st.integers(0, 2**64 - 1), st.integers(0, 13), st.sampled_from(rules.ALPHABET))
def test_one_wrong_character_is_noticed(value, place, other):
    text = rules.written(value).replace("-", "")
    slip = text[:place] + other + text[place + 1 :]
    assert (rules.read(slip) is None) is (slip != text)


@given(st.integers(0, 2**64 - 1), st.integers(0, 12))
def test_two_characters_swapped_are_noticed(value, place):
    text = rules.written(value).replace("-", "")
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert (rules.read(swapped) is None) is (swapped != text)


@pytest.mark.parametrize("text", ["", "-", "x" * 1000, "5GZ7K-02MQV-9XT", "ÄÖÜ" * 5, "5GZ7K02MQV9XTEE", "🗳" * 14])
def test_what_is_no_code_is_none(text):
    assert rules.read(text) is None


def test_letters_that_look_like_digits_are_read_as_digits():
    code = rules.written(0)
    assert rules.read(code.replace("0", "O")) == 0


@pytest.mark.parametrize(
    ("address", "place"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), (None, "unknown"), ("x", "unknown")],
)
def test_a_household_is_one_place(address, place):
    assert rules.place_of(address) == place


def test_a_code_is_kept_only_as_a_hash(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    kept = db.session.execute(sa.select(PostalCode)).scalars().all()
    assert [set(PostalCode.__table__.columns.keys()), len(kept)] == [
        {"hash", "batch_id", "listing_id", "residence_id", "used"}, 1,
    ]  # fmt: skip
    with db.engine.connect() as connection:
        tables = [t for t in db.metadata.sorted_tables if t.name != "job"]
        everything = repr([connection.execute(sa.select(table)).all() for table in tables])
    plain = codes["Mia Lund"]
    assert plain not in everything and plain.replace("-", "") not in everything
    assert str(rules.read(plain)) not in everything


def test_the_plain_text_is_gone_after_one_download(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    made, digest = db.session.execute(sa.select(CodeBatch.id, CodeBatch.sheet)).one()
    assert len(list(app.config["DATA_DIR"].rglob(digest))) == 2
    sheet = services.take_sheet(vote.cycle_id, made, by=clerk)
    assert codes["Mia Lund"].encode() in sheet
    assert refusal(lambda: services.take_sheet(vote.cycle_id, made, by=clerk)) == "taken"
    assert list(app.config["DATA_DIR"].rglob(digest)) == []


def test_until_then_it_lies_encrypted_and_apart_from_its_key(app):
    """The twin: before the download both halves are there, and neither is readable alone."""
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    file, key = list(app.config["DATA_DIR"].rglob(db.session.scalar(sa.select(CodeBatch.sheet))))
    assert file.parent != key.parent
    assert not [path for path in (file, key) if codes["Mia Lund"].encode() in path.read_bytes()]


def test_a_batch_whose_worker_was_killed_is_made_once(app, monkeypatch):
    vote = make.fixed_vote()
    listed(vote.cycle, "Mia Lund")
    clerk = clerk_of(vote.cycle.neighborhood_id)
    order = services.OrderCodes(purpose=Purpose.VOTING, languages=("en",), is_large=False)
    services.order(vote.cycle_id, order, by=clerk)
    with monkeypatch.context() as patch, read_off():
        patch.setattr(jobs.Lease, "finishing", _killed)
        jobs.run_waiting()
    with read_off() as codes:
        jobs.run_waiting()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PostalCode)) == 1
    assert db.session.scalar(sa.select(CodeBatch.stage)) is BatchStage.READY and codes


def _killed(_lease):
    raise RuntimeError("killed")


def test_cards_go_to_those_without_one_and_only_without_an_account(app):
    vote = make.fixed_vote()
    clerk = clerk_of(vote.cycle.neighborhood_id)
    make.electorate(vote.cycle.neighborhood, 2)
    listed(vote.cycle, "Mia Lund")
    assert set(batch(vote.cycle_id, by=clerk)[1]) == {"Mia Lund"}
    listed(vote.cycle, "Kai Berg", address="3 Quay Street")
    assert set(batch(vote.cycle_id, by=clerk)[1]) == {"Kai Berg"}
    assert refusal(lambda: batch(vote.cycle_id, by=clerk)) == "nobody"


def test_a_lost_batch_is_made_void_and_new_codes_work(app):
    vote, old, clerk = open_vote_with_cards("Mia Lund")
    made = db.session.scalar(sa.select(CodeBatch.id))
    with read_off() as new:
        services.replace(vote.cycle_id, made, by=clerk)
        jobs.run_waiting()
    assert refusal(lambda: typed(old["Mia Lund"])) == "wrong_code"
    assert typed(new["Mia Lund"]).cycle_id == vote.cycle_id


def test_a_code_waits_for_the_opening_and_ends_with_the_close(app):
    vote = make.fixed_vote()
    listed(vote.cycle, "Mia Lund")
    _made, codes = batch(vote.cycle_id, by=clerk_of(vote.cycle.neighborhood_id))
    assert refusal(lambda: typed(codes["Mia Lund"])) == "not_open_yet"
    make.agreed(ActKind.OPEN, vote.cycle_id)
    assert typed(codes["Mia Lund"])
    make.close(vote.cycle_id)
    assert refusal(lambda: typed(codes["Mia Lund"])) == "closed"


def test_a_station_takes_the_codes_of_its_own_vote_only(app):
    vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    other, _roll = make.open_vote()
    assert refusal(lambda: typed(codes["Mia Lund"], station_cycle_id=other.cycle_id)) == "wrong_code"
    assert typed(codes["Mia Lund"], station_cycle_id=vote.cycle_id)


def test_ten_wrong_codes_close_a_place_and_no_other(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    for _ in range(rules.TRIES):
        assert refusal(lambda: typed(WRONG, place="attacker")) == "wrong_code"
    for guess in (WRONG, codes["Mia Lund"]):
        with pytest.raises(TooMany):
            typed(guess, place="attacker")
    assert typed(codes["Mia Lund"], place="at home")


def test_the_check_of_guessing_notices_a_missing_limit(app, monkeypatch):
    """The twin: without the count the eleventh guess is looked up like the first."""
    open_vote_with_cards("Mia Lund")
    monkeypatch.setattr(services, "count_try", lambda *_args, **_more: None)
    for _ in range(rules.TRIES + 5):
        assert refusal(lambda: typed(WRONG, place="attacker")) == "wrong_code"


def test_many_voters_at_one_place_and_their_slips_are_no_guesses(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    for _ in range(rules.TRIES + 5):
        assert typed(codes["Mia Lund"], place="library")
        assert refusal(lambda: typed(codes["Mia Lund"][:-1] + "?", place="library")) == "slip"


def test_very_many_wrong_codes_leave_each_place_fewer_and_nobody_locked_out(app, monkeypatch):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    monkeypatch.setattr(services, "WRONG_ON_THE_SITE", 5)
    for n in range(5):
        refusal(lambda n=n: typed(WRONG, place=f"bot {n}"))
    for _ in range(rules.TRIES_UNDER_BRAKE):
        assert refusal(lambda: typed(WRONG, place="bot 99")) == "wrong_code"
    with pytest.raises(TooMany):
        typed(WRONG, place="bot 99")
    assert typed(codes["Mia Lund"], place="at home")


def a_waiting_resident(vote):
    person = make.person()
    home = RegisterResidence(neighborhood_id=vote.cycle.neighborhood_id, address="5 Mill Lane", born_on=None)
    accounts.register_residence(home, by=actor_of(person))
    return person, actor_of(person)


def test_a_letter_verifies_the_address_once(app):
    vote = make.fixed_vote()
    person, ada = a_waiting_resident(vote)
    _made, codes = batch(vote.cycle_id, Purpose.RESIDENCE, by=clerk_of(vote.cycle.neighborhood_id))
    services.prove_residence(codes[person.public_name], by=ada)
    home = db.session.scalar(sa.select(Residence).where(Residence.person_id == ada.id))
    assert (home.stage, home.decided_by_code, home.decided_by_id) == (ResidenceStage.VERIFIED, True, None)
    assert refusal(lambda: services.prove_residence(codes[person.public_name], by=ada)) == "wrong_code"


def test_a_letter_proves_nobody_elses_address_and_no_later_one(app):
    vote = make.fixed_vote()
    person, ada = a_waiting_resident(vote)
    _other, ben = a_waiting_resident(vote)
    _made, codes = batch(vote.cycle_id, Purpose.RESIDENCE, by=clerk_of(vote.cycle.neighborhood_id))
    assert refusal(lambda: services.prove_residence(codes[person.public_name], by=ben)) == "wrong_code"
    moved = RegisterResidence(neighborhood_id=vote.cycle.neighborhood_id, address="99 New Road", born_on=None)
    accounts.register_residence(moved, by=ada)
    assert refusal(lambda: services.prove_residence(codes[person.public_name], by=ada)) == "wrong_code"


def test_a_letter_is_no_voting_card_and_a_card_proves_no_address(app):
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    person, ada = a_waiting_resident(vote)
    _made, letters = batch(vote.cycle_id, Purpose.RESIDENCE, by=clerk)
    assert refusal(lambda: typed(letters[person.public_name])) == "wrong_code"
    assert refusal(lambda: services.prove_residence(codes["Mia Lund"], by=ada)) == "wrong_code"


def test_ten_wrong_letters_close_the_page_for_that_account_only(app):
    vote = make.fixed_vote()
    _person, ada = a_waiting_resident(vote)
    ben_person, ben = a_waiting_resident(vote)
    _made, codes = batch(vote.cycle_id, Purpose.RESIDENCE, by=clerk_of(vote.cycle.neighborhood_id))
    for _ in range(rules.TRIES):
        refusal(lambda: services.prove_residence(WRONG, by=ada))
    with pytest.raises(TooMany):
        services.prove_residence(WRONG, by=ada)
    services.prove_residence(codes[ben_person.public_name], by=ben)


def test_no_column_leads_from_a_code_to_a_counted_ballot_or_notes_a_time():
    reached, front = set(), {"postal_code", "code_visit", "station", "code_batch"}
    while front:
        reached |= front
        nearby = {key.column.table.name for name in front for key in db.metadata.tables[name].foreign_keys}
        front = nearby - reached
    assert not reached & {CountedBallot.__tablename__, Envelope.__tablename__}
    for model in (PostalCode, Listing):
        assert not [c.name for c in model.__table__.columns if isinstance(c.type, sa.DateTime | type(now()))]
    for model in (Envelope, CountedBallot):
        assert not {key.column.table.name for key in model.__table__.foreign_keys} & {"postal_code", "station"}


def test_the_check_of_paths_would_notice_a_column():
    """The twin: the same walk from the roll's side does find the envelope."""
    assert "roll_entry" in {key.column.table.name for key in Envelope.__table__.foreign_keys}


def test_old_visits_are_gone_when_somebody_begins_one(app):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund", "Kai Berg")
    typed(codes["Mia Lund"])
    with transaction():
        db.session.execute(sa.update(CodeVisit).values(ends_at=now() - timedelta(minutes=1)))
    typed(codes["Kai Berg"])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CodeVisit)) == 1
