"""The feed: what a witness reads and sends. Only a signature by an entered key leaves a trace."""

import json

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.rooms import WITHOUT_FORM_TOKEN
from app.voting.board.rules import ActKind
from app.voting.log import queries
from app.voting.log.models import Cosignature, Witness
from app.voting.sealing import signatures
from app.voting.tree import merkle
from app.voting.tree.heads import COSIGNED
from tests import make
from tests.voting.log.minutes import pass_ten

SEED = bytes(range(32))
KEY = signatures.public_of(SEED)


@pytest.fixture
def watched(app):
    """A vote with two heads and one witness, whose key grows from SEED."""
    vote, roll = make.open_vote(voters=2)
    make.agreed(ActKind.NAME_WITNESS, vote.cycle_id, name="Library", public_key=KEY.hex())
    for voter in roll:
        make.cast(vote, voter, [1])
        pass_ten(vote.id)
    return vote


def message(watched, changes=(), *, seed=SEED):
    head = queries.last_head(watched.id)
    signature = signatures.sign(head.extent, purpose=COSIGNED, seed=seed)
    values = {"vote": watched.id.hex(), "size": head.size, "root": head.root.hex()}
    return {"format": COSIGNED, **values, "public_key": KEY.hex(), "signature": signature.hex(), **dict(changes)}


def send(app, vote, body, **more):
    return app.test_client().post(f"/log/{vote.cycle_id}/cosignatures", json=body, **more)


def kept():
    db.session.rollback()
    return db.session.execute(sa.select(sa.func.count()).select_from(Cosignature)).scalar_one()


def test_the_head_is_there_for_anybody(watched, app):
    answer = app.test_client().get(f"/log/{watched.cycle_id}/head.json").json
    head = queries.last_head(watched.id)
    assert answer["head"] == {"format": "lamplight-tree-head/1", **head.values}
    assert answer["log_public_key"] == queries.logged_vote(watched.cycle_id).log_public_key.hex()


def test_growth_from_any_size_is_proved(watched, app):
    leaves, client = queries.leaves(watched.id), app.test_client()
    for old in range(len(leaves) + 1):
        answer = client.get(f"/log/{watched.cycle_id}/consistency.json?from={old}&size={len(leaves)}").json
        path = [bytes.fromhex(step) for step in answer["path"]]
        known = {"old_size": old, "old_root": merkle.root(leaves[:old]), "root": merkle.root(leaves)}
        assert merkle.is_consistent(size=answer["size"], path=path, **known)


def test_growth_that_never_was_is_refused(watched, app):
    for asked in ("", "from=x", "from=-1", "from=9999", "from=1&size=9999", "from=" + "9" * 40):
        answer = app.test_client().get(f"/log/{watched.cycle_id}/consistency.json?{asked}")
        assert answer.status_code in (400, 404) and "error" in answer.json, asked


def test_the_leaves_are_listed_with_their_notes(watched, app):
    listed = app.test_client().get(f"/log/{watched.cycle_id}/leaves.json?from=1").json
    assert [each["leaf"] for each in listed["leaves"]] == [leaf.hex() for leaf in queries.leaves(watched.id)[1:]]


def test_a_witnesss_signature_is_kept_once(watched, app):
    body = message(watched)
    assert [send(app, watched, body).status_code for _ in range(3)] == [200, 200, 200] and kept() == 1
    answer = app.test_client().get(f"/log/{watched.cycle_id}/head.json").json
    assert answer["cosignatures"] == [{"name": "Library", "public_key": KEY.hex(), "signature": body["signature"]}]


CHANGES = [
    {"public_key": "ab" * 32},
    {"signature": "00" * 64},
    {"size": 1, "root": "00" * 32},
    {"root": "00" * 32},
    {"vote": "00" * 16},
    {"size": 10**30},
    {"size": True},
    {"more": "1"},
    {"format": "lamplight-tree-head/1"},
    {"signature": None},
]


def test_anything_but_a_witnesss_signature_leaves_no_trace(watched, app):
    for changes in CHANGES:
        answer = send(app, watched, message(watched, changes))
        assert answer.status_code in (400, 409) and answer.json["error"] and kept() == 0, changes


def test_another_purpose_or_another_votes_head_is_no_cosignature(watched, app):
    head, (other, _roll) = queries.last_head(watched.id), make.open_vote()
    as_head = signatures.sign(head.message, purpose="lamplight-tree-head/1", seed=SEED)
    assert send(app, watched, message(watched, {"signature": as_head.hex()})).status_code == 409
    assert send(app, other, message(watched)).status_code == 409 and kept() == 0


def test_the_door_of_the_witnesses_takes_no_form_and_knows_no_session(watched, app, browser):
    """Without a form token it must be of no use to a page that rides on somebody's session."""
    clerk = browser.sign_in(make.person(roles=(Role.CLERK,))).client
    address = f"/log/{watched.cycle_id}/cosignatures"
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", None):
        answer = clerk.post(address, data=json.dumps(message(watched)), content_type=kind)
        assert answer.status_code == 415 and kept() == 0
    refused = clerk.post(address, json=message(watched, {"signature": "00" * 64}))
    assert refused.status_code == 409 and "Set-Cookie" not in refused.headers


def test_only_two_doors_go_without_a_form_token(app):
    exempt = app.extensions["csrf"]._exempt_views
    assert exempt == {f"{view.__module__}.{view.__name__}" for view in WITHOUT_FORM_TOKEN}
    signed = {"app.voting.log.feed.views.cosign", "app.notifications.choices.views.stop_now"}
    assert exempt == signed and not app.extensions["csrf"]._exempt_blueprints


@pytest.mark.parametrize(
    ("name", "key", "refused"),
    [
        ("Library", bytes(32), ("name_taken", "name")),
        ("", bytes(32), ("no_name", "name")),
        ("Observer", KEY, ("known_key", "public_key")),
        ("Observer", bytes(31), ("no_key", "public_key")),
    ],
)
def test_a_name_stands_for_one_key_and_a_key_for_one_name(watched, name, key, refused):
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.NAME_WITNESS, watched.cycle_id, name=name, public_key=key.hex())
    assert (refusal.value.code, refusal.value.field) == refused


def test_the_database_lets_nobody_name_a_witness_alone(watched):
    first = make.board_of(watched.cycle_id)[0].id
    for people, constraint in (((first, first), "two_persons_name_a_witness"), ((first, None), "named_by_both")):
        row = dict(zip(("requester_id", "approver_id"), people, strict=True))
        with pytest.raises(sa.exc.IntegrityError, match=constraint):
            db.session.execute(sa.insert(Witness).values(vote_id=watched.id, public_key=bytes(32), name="X", **row))
        db.session.rollback()
